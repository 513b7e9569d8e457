"""Who writes a practice, hands it over, reviews it, publishes it, and when. `ACTS` is the table; the diagram of
`docs/states/practice.md` says the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marelle.accounts.enums import PUBLISHES_PAGES, SUBMITS_FILE, WRITES_FILE, WRITES_PAGES, Kind, Role
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.lives import Life
from marelle.core.rules import Answer, No, NotNow
from marelle.library.enums import PRACTICE_MOVES, PracticeState
from marelle.library.models import Comment, Practice
from marelle.library.queries import practice_texts

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DRAFT, SUBMITTED, RETURNED = PracticeState.DRAFT, PracticeState.SUBMITTED, PracticeState.RETURNED
PUBLISHED, ARCHIVED = PracticeState.PUBLISHED, PracticeState.ARCHIVED


class Act(StrEnum):
    """What may be done about a practice."""

    WRITE = "write"
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    CHANGE = "change"
    GIVE_UP = "give_up"
    REOPEN = "reopen"
    COMMENT = "comment"
    REPLY = "reply"
    HOLD = "hold"
    RETURN = "return"
    PUBLISH = "publish"
    CONFIRM = "confirm"
    ARCHIVE = "archive"


@dataclass(frozen=True)
class Allowed:
    """By which roles (of its collectivité, of the national team), from which states, and what the others are told."""

    town: frozenset[Role]
    team: frozenset[Role]
    states: frozenset[PracticeState]
    not_yours: StrOrPromise
    not_now: StrOrPromise


NOBODY: frozenset[Role] = frozenset()
WRITERS, LEADERS = frozenset(WRITES_FILE), frozenset(SUBMITS_FILE)
READERS, PUBLISHERS = frozenset(WRITES_PAGES), frozenset(PUBLISHES_PAGES)
_TOWN = gettext_lazy("Cela revient à la collectivité qui a écrit la fiche.")
_ENGAGES = gettext_lazy(
    "Proposer ou retirer la fiche engage la collectivité\u202f: cela revient à la personne référente ou à l’élu·e de référence."
)
_TEAM = gettext_lazy("Cela revient à l’équipe éditoriale.")
_PUBLISHES = gettext_lazy("Cela revient aux responsables éditoriaux.")
ACTS: dict[Act, Allowed] = {
    Act.WRITE: Allowed(
        WRITERS, NOBODY, frozenset({DRAFT, RETURNED}), _TOWN,
        gettext_lazy("Le texte ne change pas dans cet état\u202f: reprenez la fiche d’abord."),
    ),
    Act.SUBMIT: Allowed(
        LEADERS, NOBODY, frozenset({DRAFT, RETURNED}), _ENGAGES, gettext_lazy("La fiche est déjà proposée, ou retirée.")
    ),
    Act.TAKE_BACK: Allowed(
        LEADERS, NOBODY, frozenset({SUBMITTED}), _ENGAGES, gettext_lazy("La fiche n’est pas en relecture.")
    ),
    Act.CHANGE: Allowed(
        WRITERS, NOBODY, frozenset({PUBLISHED}), _TOWN, gettext_lazy("Seule une fiche publiée se reprend ainsi.")
    ),
    Act.GIVE_UP: Allowed(
        LEADERS, NOBODY, frozenset({DRAFT, RETURNED}), _ENGAGES,
        gettext_lazy("Il n’y a pas de changement à abandonner."),
    ),
    Act.REOPEN: Allowed(
        LEADERS, PUBLISHERS, frozenset({ARCHIVED}), _ENGAGES, gettext_lazy("La fiche n’est pas retirée.")
    ),
    Act.COMMENT: Allowed(
        NOBODY, READERS, frozenset({SUBMITTED}), _TEAM,
        gettext_lazy("On fait des remarques sur une fiche proposée à la relecture."),
    ),
    Act.REPLY: Allowed(
        WRITERS, READERS, frozenset({DRAFT, SUBMITTED, RETURNED}), _TOWN, gettext_lazy("La relecture est finie.")
    ),
    Act.HOLD: Allowed(
        NOBODY, READERS, frozenset({SUBMITTED}), _TEAM, gettext_lazy("La fiche n’est pas à relire.")
    ),
    Act.RETURN: Allowed(
        NOBODY, PUBLISHERS, frozenset({SUBMITTED}), _PUBLISHES, gettext_lazy("La fiche n’est pas en relecture.")
    ),
    Act.PUBLISH: Allowed(
        NOBODY, PUBLISHERS, frozenset({SUBMITTED}), _PUBLISHES,
        gettext_lazy("Une fiche se publie quand sa collectivité l’a proposée."),
    ),
    Act.CONFIRM: Allowed(
        LEADERS, PUBLISHERS, frozenset({PUBLISHED}), _ENGAGES, gettext_lazy("Seule une fiche publiée se relit ainsi.")
    ),
    Act.ARCHIVE: Allowed(
        LEADERS, PUBLISHERS, frozenset({DRAFT, RETURNED, PUBLISHED}), _ENGAGES,
        gettext_lazy("Une fiche en relecture ne se retire pas\u202f: reprenez-la ou renvoyez-la d’abord."),
    ),
}  # fmt: skip


def can(user: Any, act: Act, practice: Practice) -> Answer:
    """The table, read for one person and one practice."""
    allowed = ACTS[act]
    if not (_of_town(user, practice, allowed.town) or standing(user).roles & allowed.team):
        return No(str(allowed.not_yours))
    if practice.state not in allowed.states:
        return NotNow(str(allowed.not_now))
    return True


def can_propose(user: Any, organisation: Organisation | None) -> Answer:
    """Begin a practice for a collectivité."""
    if organisation is None or organisation.kind != Kind.COLLECTIVITE:
        return No(_("Les pratiques sont écrites par les collectivités du réseau."))
    if not standing(user).has_role_in(organisation, WRITERS):
        return No(str(_TOWN))
    return organisation.closed_on is None or NotNow(_("Cette collectivité n’existe plus."))


def can_submit(user: Any, practice: Practice) -> Answer:
    """Everything asked is there; a public text that is being changed says something new."""
    answer = can(user, Act.SUBMIT, practice)
    if not answer:
        return answer
    text = practice_texts.working(practice)
    if practice_texts.missing(text):
        return NotNow(_("Il manque encore des réponses\u202f: la liste vous y mène."))
    if practice.live and not practice_texts.differences(practice, text):
        return NotNow(_("Rien n’a changé depuis le texte publié\u202f: abandonnez plutôt les changements."))
    return True


def can_give_up(user: Any, practice: Practice) -> Answer:
    """Only where a public text stands to come back to."""
    answer = can(user, Act.GIVE_UP, practice)
    if not answer:
        return answer
    return practice.live or NotNow(_("Cette fiche n’a encore jamais été publiée."))


def can_hold(user: Any, practice: Practice, *, from_another: bool = False) -> Answer:
    """Take a practice in hand to review it. A colleague who holds it is named, and gives it up or is relieved."""
    answer = can(user, Act.HOLD, practice)
    if not answer or from_another:
        return answer
    return _free(user, practice)


def can_decide(user: Any, act: Act, practice: Practice) -> Answer:
    """Send back or publish what no colleague is reading."""
    answer = can(user, act, practice)
    return _free(user, practice) if answer else answer


def can_settle(user: Any, comment: Comment) -> Answer:
    """Say that a remark is dealt with, or that it is not after all: those who write, those who review."""
    if comment.reply_to_id:
        return NotNow(_("On règle la remarque elle-même, pas sa réponse."))
    return can(user, Act.REPLY, comment.practice)


def can_take_up(user: Any, practice: Practice, organisation: Organisation | None) -> Answer:
    """Any person of a collectivité says so for it; not of its own practice, and once."""
    if organisation is None or organisation.kind != Kind.COLLECTIVITE:
        return No(_("Ce sont les collectivités du réseau qui reprennent une pratique."))
    if organisation.pk not in standing(user).collectivite_ids:
        return No(_("Vous ne parlez pas pour cette collectivité."))
    if not practice.live:
        return NotNow(_("Cette pratique n’est pas, ou plus, publiée."))
    if practice.organisation_id == organisation.pk:
        return NotNow(_("C’est la pratique de votre collectivité\u202f: d’autres la reprendront."))
    if practice.takings_up.filter(organisation=organisation).exists():
        return NotNow(_("Votre collectivité a déjà dit qu’elle reprend cette pratique."))
    return True


def can_let_go(user: Any, practice: Practice, organisation: Organisation | None) -> Answer:
    """Undo a taking up."""
    if organisation is None or organisation.pk not in standing(user).collectivite_ids:
        return No(_("Vous ne parlez pas pour cette collectivité."))
    if not practice.takings_up.filter(organisation=organisation).exists():
        return NotNow(_("Votre collectivité n’a pas annoncé qu’elle reprend cette pratique."))
    return True


def can_name_contact(user: Any, practice: Practice) -> Answer:
    """Apart from the text: named or taken back whatever its state, but for a practice that was taken out."""
    if not _of_town(user, practice, WRITERS):
        return No(str(_TOWN))
    return practice.state != ARCHIVED or NotNow(_("La fiche est retirée de la bibliothèque."))


def can_withdraw_contact(user: Any, practice: Practice) -> Answer:
    """The collectivité, or those who publish when somebody asks them. The named person needs no account: a signed link
    is theirs."""
    if _of_town(user, practice, WRITERS) or standing(user).roles & PUBLISHERS:
        return True
    return No(str(_TOWN))


def can_review(user: Any) -> Answer:
    """The queue."""
    return bool(standing(user).roles & READERS) or No(str(_TEAM))


def can_follow(user: Any) -> Answer:
    """The page of a collectivité's own practices."""
    return bool(standing(user).collectivite_ids) or No(_("Cette page est celle des équipes de collectivités."))


def _of_town(user: Any, practice: Practice, roles: frozenset[Role]) -> bool:
    return practice.organisation is not None and standing(user).has_role_in(practice.organisation, roles)


def _free(user: Any, practice: Practice) -> Answer:
    if practice.locked_by_id in (None, getattr(user, "pk", None)):
        return True
    assert practice.locked_by is not None
    return NotNow(
        _("{who} relit cette fiche. Voyez avec cette personne, ou prenez sa suite.").format(
            who=practice.locked_by.short_name
        )
    )


def life() -> Life:
    """The diagram of `docs/states/practice.md`, from the tables."""
    to = {
        Act.SUBMIT: SUBMITTED, Act.TAKE_BACK: DRAFT, Act.RETURN: RETURNED, Act.PUBLISH: PUBLISHED, Act.CHANGE: DRAFT,
        Act.GIVE_UP: PUBLISHED, Act.ARCHIVE: ARCHIVED, Act.REOPEN: DRAFT,
    }  # fmt: skip
    rows = [
        (
            f"`{act}`",
            ", ".join(str(state.label) for state in PracticeState if state in ACTS[act].states),
            str(ends.label),
            ", ".join(str(role.label) for role in Role if role in ACTS[act].town | ACTS[act].team),
        )
        for act, ends in to.items()
    ]
    return Life(
        "practice",
        "The life of a practice's text",
        "Written by a town, reviewed by the editorial team. This is where the text that is being worked on "
        "stands: while a published practice is changed, the public text stays, and comes back to *published* when the "
        "changes are accepted or given up.",
        PracticeState,
        PRACTICE_MOVES,
        DRAFT,
        rows,
    )
