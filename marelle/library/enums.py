"""What a resource is, for whom, where; and the life of a practice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What one finds when opening a resource."""

    KIT = "kit", _("kit")
    ACTIVITY = "activity", _("activité")
    BOOKLET = "booklet", _("livret")
    VIDEO = "video", _("vidéo")
    EXHIBITION = "exhibition", _("exposition")
    POSTER = "poster", _("affiche")


class Setting(models.TextChoices):
    """Where it is used, with whom."""

    CLASS = "class", _("en classe")
    LEISURE = "leisure", _("au centre de loisirs")
    COUNCIL = "council", _("dans un conseil d’enfants ou de jeunes")
    FAMILY = "family", _("en famille")


class Format(models.TextChoices):
    """In what form it comes."""

    PDF = "pdf", _("PDF à imprimer")
    TEXT = "text", _("texte modifiable")
    VIDEO = "video", _("vidéo")
    SOUND = "sound", _("son")
    ONLINE = "online", _("à lire en ligne")
    PRINTED = "printed", _("exemplaire imprimé à emprunter")


class Access(models.TextChoices):
    """What makes it usable by more children."""

    CAPTIONS = "captions", _("sous-titres")
    TRANSCRIPT = "transcript", _("transcription")
    AUDIO_DESCRIPTION = "audio_description", _("audiodescription")
    SIGN_LANGUAGE = "sign_language", _("langue des signes française")
    EASY = "easy", _("facile à lire et à comprendre")
    LARGE_PRINT = "large_print", _("grands caractères")
    PICTOGRAMS = "pictograms", _("pictogrammes")
    BLACK_AND_WHITE = "black_and_white", _("impression en noir et blanc")


class Language(models.TextChoices):
    FR = "fr", _("français")
    EN = "en", _("anglais")
    AR = "ar", _("arabe")
    ES = "es", _("espagnol")
    PT = "pt", _("portugais")
    TR = "tr", _("turc")
    UK = "uk", _("ukrainien")
    GCF = "gcf", _("créole guadeloupéen")
    RCF = "rcf", _("créole réunionnais")


class Variant(models.TextChoices):
    """Of one same file."""

    COLOUR = "colour", _("en couleur")
    BLACK_AND_WHITE = "bw", _("en noir et blanc")


class PreviewState(models.TextChoices):
    """Whether the first pages of a file can be seen before it is downloaded."""

    NONE = "none", _("sans aperçu")  # not a PDF
    WAITING = "waiting", _("aperçu en préparation")
    DRAWN = "drawn", _("avec aperçu")
    IMPOSSIBLE = "impossible", _("aperçu impossible")


class PracticeState(models.TextChoices):
    """Where the text of a practice stands, whether or not an earlier text of it is public."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("en relecture")
    RETURNED = "returned", _("à compléter")
    PUBLISHED = "published", _("publiée")
    ARCHIVED = "archived", _("retirée de la bibliothèque")


PRACTICE_MOVES: dict[str, set[PracticeState]] = {
    PracticeState.DRAFT: {PracticeState.SUBMITTED, PracticeState.PUBLISHED, PracticeState.ARCHIVED},
    PracticeState.SUBMITTED: {PracticeState.RETURNED, PracticeState.PUBLISHED, PracticeState.DRAFT},
    PracticeState.RETURNED: {PracticeState.SUBMITTED, PracticeState.PUBLISHED, PracticeState.ARCHIVED},
    PracticeState.PUBLISHED: {PracticeState.DRAFT, PracticeState.ARCHIVED},
    PracticeState.ARCHIVED: {PracticeState.DRAFT},
}
"""Published → draft: its authors are changing the text; the public one stays until the new one is accepted, or until
they give their changes up (draft or returned → published)."""


class Showing(models.TextChoices):
    """Whom a picture lets one recognise."""

    NOBODY = "nobody", _("personne de reconnaissable")
    ADULTS = "adults", _("des adultes reconnaissables, qui l’ont accepté")
    CHILDREN = "children", _("au moins un enfant reconnaissable")


class Goal(models.IntegerChoices):
    """Sustainable Development Goals that concern children's lives in a town."""

    POVERTY = 1, _("Pas de pauvreté")
    HUNGER = 2, _("Faim «\u202fzéro\u202f»")
    HEALTH = 3, _("Bonne santé et bien-être")
    EDUCATION = 4, _("Éducation de qualité")
    EQUALITY = 5, _("Égalité entre les sexes")
    WATER = 6, _("Eau propre et assainissement")
    INEQUALITIES = 10, _("Inégalités réduites")
    CITIES = 11, _("Villes et communautés durables")
    CLIMATE = 13, _("Lutte contre les changements climatiques")
    PEACE = 16, _("Paix, justice et institutions efficaces")
    PARTNERSHIPS = 17, _("Partenariats pour la réalisation des objectifs")


class DeadLinkReason(models.TextChoices):
    """Why a link leads nowhere."""

    NOT_FOUND = "not_found", _("cette adresse n’existe pas sur le site")
    OFFLINE = "offline", _("ce qu’elle désigne n’est pas (ou plus) en ligne")
    BADLY_WRITTEN = "badly_written", _("l’adresse est mal écrite")
    EMPTY = "empty", _("le lien n’a pas d’adresse")


class Pleased(models.IntegerChoices):
    """How an activity went, for the adult who ran it."""

    NO = 1, _("difficile")
    SO_SO = 2, _("moyen")
    YES = 3, _("très bien")


class Children(models.TextChoices):
    """How many children took part, roughly."""

    FEW = "1-5", _("1 à 5 enfants")
    GROUP = "6-15", _("6 à 15 enfants")
    CLASS = "16-30", _("16 à 30 enfants")
    MANY = "31-", _("plus de 30 enfants")


class Imported(models.TextChoices):
    """What a table holds."""

    RESOURCE = "resource", _("des ressources")
    PRACTICE = "practice", _("des pratiques de collectivités")


class ImportState(models.TextChoices):
    READ = "read", _("lu, rien n’est encore importé")
    ASKED = "asked", _("en cours")
    DONE = "done", _("terminé")
