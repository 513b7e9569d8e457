"""Kinds and lives of what children and their adults do here. The diagrams in `docs/states/` are drawn from the tables."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marelle.accounts.enums import Kind, Role


class AgeBand(models.TextChoices):
    """Ages, last year included. The keys are those of results and exports."""

    FROM_3 = "3-5", _("3 à 5 ans")
    FROM_6 = "6-8", _("6 à 8 ans")
    FROM_9 = "9-12", _("9 à 12 ans")
    FROM_13 = "13-15", _("13 à 15 ans")
    FROM_16 = "16-18", _("16 à 18 ans")


LANGUAGES = (
    ("fr", _("français")),
    ("en", _("anglais")),
    ("ar", _("arabe")),
    ("es", _("espagnol")),
    ("pt", _("portugais")),
    ("tr", _("turc")),
    ("uk", _("ukrainien")),
    ("ro", _("roumain")),
)
"""Languages a consultation may speak besides French, which is always there."""


class Level(models.TextChoices):
    NATIONAL = "national", _("nationale")
    DEPARTMENTAL = "departmental", _("départementale")
    LOCAL = "local", pgettext_lazy("portée d’une consultation", "locale")


PREPARES: dict[str, tuple[Level, frozenset[Role]]] = {
    Kind.NATIONAL: (Level.NATIONAL, frozenset({Role.MANAGER})),
    Kind.DELEGATION: (Level.DEPARTMENTAL, frozenset({Role.HEAD})),
    Kind.COLLECTIVITE: (Level.LOCAL, frozenset({Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR})),
}
"""Which consultations an organisation of each kind prepares, and who does in it."""


class ConsultationState(models.TextChoices):
    DRAFT = "draft", _("en préparation")
    OPEN = "open", _("ouverte")
    CLOSED = "closed", _("close")
    ANSWERED = "answered", _("réponse donnée aux enfants")
    CANCELLED = "cancelled", _("abandonnée")


CONSULTATION_MOVES: dict[str, frozenset[str]] = {
    ConsultationState.DRAFT: frozenset({ConsultationState.OPEN, ConsultationState.CANCELLED}),
    ConsultationState.OPEN: frozenset({ConsultationState.CLOSED}),
    ConsultationState.CLOSED: frozenset({ConsultationState.ANSWERED}),
    ConsultationState.ANSWERED: frozenset(),
    ConsultationState.CANCELLED: frozenset(),
}


class Duty(models.TextChoices):
    """What a named person does for one consultation."""

    AUTHOR = "author", _("prépare la consultation")
    MODERATOR = "moderator", _("relit les paroles des enfants")
    SAFEGUARDING = "safeguarding", _("reçoit les alertes")


class QuestionKind(models.TextChoices):
    PICTURE = "picture", _("images, un seul choix")
    PICTURES = "pictures", _("images, plusieurs choix")
    SMILEYS = "smileys", _("visages, de pas du tout à beaucoup")
    SCALE = "scale", _("échelle de 0 à 10")
    YES_NO = "yes_no", _("oui, non, je ne sais pas")
    RANKING = "ranking", _("classement")
    PLACE = "place", _("un lieu de la ville")
    AGE = "age", _("tranche d’âge")
    TEXT = "text", _("quelques mots")


class VerbatimState(models.TextChoices):
    WAITING = "waiting", _("à relire")
    APPROVED = "approved", _("publiable")
    REFUSED = "refused", _("écartée")
    HELD = "held", _("retenue : alerte")


VERBATIM_MOVES: dict[str, frozenset[str]] = {
    VerbatimState.WAITING: frozenset({VerbatimState.APPROVED, VerbatimState.REFUSED, VerbatimState.HELD}),
    VerbatimState.APPROVED: frozenset({VerbatimState.WAITING, VerbatimState.REFUSED, VerbatimState.HELD}),
    VerbatimState.REFUSED: frozenset({VerbatimState.WAITING, VerbatimState.HELD}),
    VerbatimState.HELD: frozenset({VerbatimState.WAITING}),
}
"""Held: only the safeguarding officer, once the alert is closed, may give it back to the moderators."""


class RefusalReason(models.TextChoices):
    IDENTIFIES = "identifies", _("permet de reconnaître quelqu’un")
    HURTFUL = "hurtful", _("blesse quelqu’un")
    EMPTY = "empty", _("ne dit rien de lisible")
    OFF_TOPIC = "off_topic", _("parle d’autre chose")


class Hidden(models.TextChoices):
    """What a moderator hides in a child's words; the label stands there instead: « [prénom] »."""

    FIRST_NAME = "first_name", _("prénom")
    NAME = "name", _("nom")
    PHONE = "phone", _("téléphone")
    EMAIL = "email", _("adresse électronique")
    ADDRESS = "address", _("adresse")
    ACCOUNT = "account", _("compte")
    INSULT = "insult", _("mot blessant")


class Worry(models.TextChoices):
    """What in a child's words makes an alert. The keys are those of `lexicon/fr.yaml`."""

    SUICIDE = "suicide", _("mal-être, idée de mort")
    VIOLENCE = "violence", _("violence subie ou vue")
    SEXUAL = "sexual", _("violence sexuelle")
    NEGLECT = "neglect", _("négligence, privation")
    RUNNING_AWAY = "running_away", _("fugue")
    BULLYING = "bullying", _("harcèlement")
    THREATS = "threats", _("menace")
    BY_HAND = "by_hand", _("signalée par une personne qui relisait")


class AlertState(models.TextChoices):
    NEW = "new", _("à prendre en charge")
    TAKEN = "taken", _("prise en charge")
    CLOSED = "closed", _("suivie jusqu’au bout")


ALERT_MOVES: dict[str, frozenset[str]] = {
    AlertState.NEW: frozenset({AlertState.TAKEN}),
    AlertState.TAKEN: frozenset({AlertState.TAKEN, AlertState.CLOSED}),
    AlertState.CLOSED: frozenset({AlertState.TAKEN, AlertState.NEW}),
}
"""Closed, then new: given back to the moderators, one of whom reports it again."""


class Outcome(models.TextChoices):
    """How an alert ended."""

    NOTHING = "nothing", _("lecture faite, rien d’inquiétant")
    SPOKE = "spoke", _("échange avec l’adulte du groupe, suivi sur place")
    REPORTED = "reported", _("information préoccupante transmise à la CRIP")
    PROSECUTOR = "prosecutor", _("signalement au procureur")
    UNFOUND = "unfound", _("enfant non retrouvé, groupe informé du 119")


class Origin(models.TextChoices):
    """Where a child's proposal comes from."""

    VERBATIM = "verbatim", _("une consultation")
    SESSION = "session", _("une séance")
    COUNCIL = "council", _("un conseil d’enfants ou de jeunes")


class ProposalState(models.TextChoices):
    DRAFT = "draft", _("à mettre en mots")
    MADE = "made", _("faite")
    ANSWERED = "answered", _("répondue")
    DONE = "done", _("réalisée")
    IMPOSSIBLE = "impossible", _("pas possible")
    WITHDRAWN = "withdrawn", _("retirée")


PROPOSAL_MOVES: dict[str, frozenset[str]] = {
    ProposalState.DRAFT: frozenset({ProposalState.MADE, ProposalState.WITHDRAWN}),
    ProposalState.MADE: frozenset({ProposalState.ANSWERED, ProposalState.IMPOSSIBLE, ProposalState.WITHDRAWN}),
    ProposalState.ANSWERED: frozenset({ProposalState.DONE, ProposalState.IMPOSSIBLE}),
    ProposalState.DONE: frozenset(),
    ProposalState.IMPOSSIBLE: frozenset({ProposalState.ANSWERED}),
    ProposalState.WITHDRAWN: frozenset(),
}
"""Answered means « we will, like this, until then ». Not possible is an answer too, with its why, and can be reopened."""
ANSWERED_STATES = frozenset({ProposalState.ANSWERED, ProposalState.DONE, ProposalState.IMPOSSIBLE})
PUBLIC_STATES = ANSWERED_STATES | {ProposalState.MADE}


class StepKind(models.TextChoices):
    """What one square of a proposal's thread tells."""

    PROPOSED = "proposed", _("proposée")
    PUBLISHED = "published", _("rendue publique")
    WORDED = "worded", _("mots précisés")
    ANSWERED = "answered", _("réponse donnée")
    IMPOSSIBLE = "impossible", _("dite impossible")
    DONE = "done", _("réalisée")
    WITHDRAWN = "withdrawn", _("retirée")
    JOINED = "joined", _("réunie avec une autre")
    SEPARATED = "separated", _("séparée d’une autre")
    SUPPORT_OPENED = "support_on", _("vote de soutien ouvert")
    SUPPORT_CLOSED = "support_off", _("vote de soutien clos")


class Theme(models.TextChoices):
    PLAY = "play", _("jouer et se détendre")
    SCHOOL = "school", _("l’école")
    STREET = "street", _("la rue et les déplacements")
    NATURE = "nature", _("la nature et le climat")
    HEALTH = "health", _("la santé et le bien-être")
    FOOD = "food", _("manger")
    TOGETHER = "together", _("vivre ensemble, sans violence")
    CULTURE = "culture", _("la culture et le sport")
    HOME = "home", _("le logement et la famille")
    VOICE = "voice", _("donner son avis")
    OTHER = "other", _("autre chose")


class CouncilKind(models.TextChoices):
    CHILDREN = "children", _("conseil d’enfants")
    YOUTH = "youth", _("conseil de jeunes")
    COMMITTEE = "committee", _("comité d’enfants")


class ConsentKind(models.TextChoices):
    """Taking part and being pictured are two different consents; each is given by the child and by guardians."""

    PARTICIPATION = "participation", _("participer")
    IMAGE = "image", _("être pris en photo")


class ElectionState(models.TextChoices):
    """Worked out from the moments of an election."""

    DRAFT = "draft", _("en préparation")
    OPEN = "open", _("ouverte")
    COUNTED = "counted", _("dépouillée, résultat gardé secret")
    ANNOUNCED = "announced", _("résultat annoncé")


ELECTION_MOVES: dict[str, frozenset[str]] = {
    ElectionState.DRAFT: frozenset({ElectionState.OPEN}),
    ElectionState.OPEN: frozenset({ElectionState.COUNTED}),
    ElectionState.COUNTED: frozenset({ElectionState.ANNOUNCED}),
    ElectionState.ANNOUNCED: frozenset(),
}
"""A draft may also be dropped. A vote that began is counted, and a count is announced: nobody goes back on either."""
