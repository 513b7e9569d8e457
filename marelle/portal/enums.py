"""What an editor chooses from: chalks, drawings, figures counted live, parts of a route."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chalk(models.TextChoices):
    """The colour of a square of the hopscotch."""

    JOIN = "join", _("bleu (s’engager)")
    GOVERN = "govern", _("violet (se réunir)")
    LISTEN = "listen", _("orange (écouter)")
    PLAN = "plan", _("rouge (décider)")
    ACT = "act", _("vert (agir)")
    MEASURE = "measure", _("bleu canard (mesurer)")
    SHARE = "share", _("rose (partager)")


class Drawing(models.TextChoices):
    """Icons that stand beside words; the value is the name of a lucide drawing."""

    LANDMARK = "landmark", _("mairie")
    MESSAGES = "messages-square", _("échanges")
    BOOK = "book-open", _("livre ouvert")
    SHAPES = "shapes", _("formes à jouer")
    NOTEBOOK = "notebook-pen", _("carnet")
    COMPASS = "compass", _("boussole")
    SCALE = "scale", _("balance")
    SEARCH = "search", _("loupe")
    MEGAPHONE = "megaphone", _("porte-voix")
    GRADUATION = "graduation-cap", _("toque")
    FOOTPRINTS = "footprints", _("pas")
    CALENDAR = "calendar-heart", _("calendrier")
    PRESENTATION = "presentation", _("tableau")
    HEART = "hand-heart", _("main et cœur")
    BOOK_HEART = "book-heart", _("livre aimé")
    USERS = "users", _("groupe")
    HOUSE = "house", _("maison")
    SCHOOL = "school", _("école")
    TREE = "tree-pine", _("arbre")
    BIKE = "bike", _("vélo")
    VOTE = "vote", _("urne")
    LIFE_BUOY = "life-buoy", _("bouée")
    EYE = "eye", _("œil")
    SHIELD = "shield-check", _("bouclier")
    MAP = "map", _("carte")
    NEWS = "newspaper", _("journal")
    QUESTION = "circle-question-mark", _("point d’interrogation")
    PRINTER = "printer", _("imprimante")
    STAR = "star", _("étoile")
    SPEECH = "speech", _("parole")


class Counted(models.TextChoices):
    """A figure that Marelle counts itself, today. Never typed in."""

    TITLED = "titled", _("collectivités titrées")
    NETWORK = "network", _("membres du réseau")
    MADE = "made", _("propositions d’enfants")
    ANSWERED = "answered", _("propositions qui ont reçu une réponse")
    DONE = "done", _("propositions réalisées")
    RESOURCES = "resources", _("ressources")
    PRACTICES = "practices", _("pratiques")
    GUIDES = "guides", _("guides")


class RoutePart(models.TextChoices):
    """What the route loaded in Marelle says of itself: always what is in force today."""

    HOPSCOTCH = "hopscotch", _("la marelle")
    ENGAGEMENTS = "engagements", _("les engagements")
    STEPS = "steps", _("les étapes")
    PRACTICAL = "practical", _("le calendrier et la cotisation")
    CHARTER = "charter", _("la charte et la cotisation")
    OUTCOMES = "outcomes", _("ce que la commission peut décider")
    SOURCE = "source", _("d’où viennent ces règles")


class Way(models.TextChoices):
    """A way into the library, with what it counts."""

    KIND = "kind", _("par nature")
    THEME = "theme", _("par thème")
    AGE = "age", _("par âge")


class Audience(models.TextChoices):
    """For whom an event is."""

    ALL = "all", _("ouvert à toutes et tous")
    COLLECTIVITES = "collectivites", _("collectivités")
    FACILITATORS = "facilitators", _("enseignants et animateurs")
    CHILDREN = "children", _("enfants et jeunes")
