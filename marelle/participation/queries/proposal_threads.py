"""The thread of one proposal, said → answered → done, in words: for the page, for children, for the sheet of the class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from marelle.participation.definition import ARTICLES, Article
from marelle.participation.enums import Origin, ProposalState, StepKind, Theme, VerbatimState
from marelle.participation.models import Proposal, ProposalStep
from marelle.ui.components.words import day_in_words

from . import proposals as queries

PICTOS = {
    Theme.PLAY: "26BD", Theme.SCHOOL: "1F3EB", Theme.STREET: "1F6B2", Theme.NATURE: "1F333", Theme.HEALTH: "2764",
    Theme.FOOD: "1F34E", Theme.TOGETHER: "1F91D", Theme.CULTURE: "1F3A8", Theme.HOME: "1F3E0", Theme.VOICE: "1F4AC",
    Theme.OTHER: "2B50",
}  # fmt: skip
"""The drawing of each theme (OpenMoji)."""
SAID, HEARD, SOON, DONE, NOT_NOW = "1F4AC", "1F442", "1F4C5", "1F389", "1F937"
SHOWN_WORDS = 8


@dataclass(frozen=True)
class Thread:
    """What the public page and the child's page say of one proposal."""

    proposal: Proposal
    steps: list[dict[str, Any]]
    """For `{% thread %}`."""
    story: list[ProposalStep]
    """Everything said and done since it is public, oldest first."""
    words: list[str]
    """Approved words it comes from, as they are published today."""
    words_count: int
    consultation: Any
    consultation_url: str
    council_url: str
    joined: list[Proposal]
    support: int | None
    """None: no vote, or one that is still open."""
    support_open: bool
    article: Article | None
    is_overdue: bool
    picto: str

    @property
    def support_is_shown(self) -> bool:
        return self.support is not None and self.support >= queries.SUPPORT_THRESHOLD


def thread_of(proposal: Proposal, *, on: date) -> Thread:
    """The same for whoever reads it. What is no longer publishable among its words is no longer here."""
    consultation, _session = queries.source_of(proposal)
    approved = proposal.verbatims.filter(state=VerbatimState.APPROVED).order_by("group", "wording")
    words = list(approved.values_list("wording", flat=True)) if proposal.origin == Origin.VERBATIM else []
    story = [step for step in proposal.steps.all() if step.kind != StepKind.PROPOSED]
    return Thread(
        proposal=proposal,
        steps=list(steps(proposal, consultation, on=on)),
        story=story,
        words=words[:SHOWN_WORDS],
        words_count=len(words),
        consultation=consultation,
        consultation_url=queries.door("consultation", consultation.public_id) if consultation else "",
        council_url=queries.door("council", proposal.council.public_id) if proposal.council else "",
        joined=list(proposal.joined.select_related("session")),
        support=queries.supports([proposal]).get(proposal.pk),
        support_open=proposal.box is not None and proposal.box.closed_at is None,
        article=ARTICLES.get(proposal.article) if proposal.article else None,
        is_overdue=proposal.is_overdue(on),
        picto=PICTOS[Theme(proposal.theme)],
    )


def steps(proposal: Proposal, consultation: Any = None, *, on: date) -> Iterator[dict[str, Any]]:
    """Heard → proposed → answered → done, what is not yet there included."""
    heard = consultation or proposal.council
    if heard is not None:
        name = "consultation" if consultation else "council"
        is_shown = consultation is not None or getattr(heard, "is_public", False)
        yield {
            "title": _("Entendu"),
            "text": str(heard),
            "url": queries.door(name, heard.public_id) if is_shown else "",
            "square": "listen",
            "done": True,
        }
    yield {
        "title": _("Proposé"),
        "text": _said_on(_("publique depuis le {day}"), proposal.made_on) or _("pas encore publique"),
        "square": "listen",
        "done": proposal.made_on is not None,
    }
    if proposal.state == ProposalState.WITHDRAWN:
        yield {"title": _("Retiré"), "square": "plan", "done": True}
        return
    yield _answer_step(proposal, on)
    if proposal.state == ProposalState.IMPOSSIBLE:
        return
    if proposal.state == ProposalState.DONE:
        yield {"title": _("Réalisé"), "text": _said_on(_("le {day}"), proposal.done_on), "square": "act", "done": True}
    elif proposal.state == ProposalState.MADE:  # Nothing is promised before the answer.
        yield {"title": _("Réalisé, si c’est oui"), "square": "act", "done": False}
    else:
        planned = _said_on(_("prévu pour le {day}"), proposal.planned_for)
        yield {"title": _("À réaliser"), "text": planned, "square": "act", "done": False}


def _answer_step(proposal: Proposal, on: date) -> dict[str, Any]:
    if proposal.is_answered:
        title = _("Pas possible") if proposal.state == ProposalState.IMPOSSIBLE else _("Répondu")
        square = "plan" if proposal.state == ProposalState.IMPOSSIBLE else "govern"
        text = _said_on(_("le {day}"), proposal.answered_on)
        return {"title": title, "text": f"{text}, {proposal.answered_by}", "square": square, "done": True}
    if proposal.is_overdue(on):
        late = _said_on(_("en retard\u202f: attendue le {day}"), proposal.due_on)
        return {"title": _("Réponse"), "text": late, "square": "plan", "done": False}
    due = _said_on(_("attendue avant le {day}"), proposal.due_on)
    return {"title": _("Réponse"), "text": due, "square": "govern", "done": False}


def _said_on(words: str, day: date | None) -> str:
    return words.format(day=day_in_words(day)) if day else ""


def for_children(thread: Thread) -> list[dict[str, str]]:
    """The same thread with *tu*: what you proposed, what was answered, what comes next. Each with its drawing."""
    proposal = thread.proposal
    told = [
        {
            "picto": SAID,
            "title": _("Tu as proposé, avec ton groupe"),
            "text": f"«\u202f{proposal.wording}\u202f»",
            "day": _said_on(_("C’était le {day}."), proposal.made_on),
        }
    ]
    simple = proposal.answer_simple or proposal.answer
    if proposal.state == ProposalState.WITHDRAWN:
        last = next((step for step in reversed(thread.story) if step.kind == StepKind.WITHDRAWN), None)
        told.append(
            {"picto": NOT_NOW, "title": _("La proposition est retirée"), "text": last.text if last else "", "day": ""}
        )
    elif not proposal.is_answered:
        if thread.is_overdue:
            said = _("La réponse est en retard. {place} te la doit.")
        else:
            said = _("{place} lit ta proposition. Tu auras une réponse, oui ou non, avec le pourquoi.")
        told.append(
            {
                "picto": HEARD,
                "title": _("La réponse"),
                "text": said.format(place=proposal.organisation),
                "day": _said_on(_("Elle est attendue avant le {day}."), proposal.due_on),
            }
        )
    else:
        no = proposal.state == ProposalState.IMPOSSIBLE
        told.append(
            {
                "picto": NOT_NOW if no else HEARD,
                "title": _("On t’a répondu\u202f: ce n’est pas possible") if no else _("On t’a répondu\u202f: oui"),
                "text": simple,
                "day": _("Qui te répond\u202f: {who}.").format(who=proposal.answered_by),
            }
        )
    told += _what_next(proposal)
    return told


def _what_next(proposal: Proposal) -> Iterator[dict[str, str]]:
    if proposal.state == ProposalState.DONE:
        yield {
            "picto": DONE,
            "title": _("C’est fait"),
            "text": proposal.done_note,
            "day": _said_on(_("Depuis le {day}."), proposal.done_on),
        }
    elif proposal.state == ProposalState.ANSWERED:
        yield {
            "picto": SOON,
            "title": _("Et maintenant"),
            "text": _said_on(_("C’est prévu pour le {day}."), proposal.planned_for),
            "day": _("Quand ce sera fait, ton groupe le saura."),
        }
    elif proposal.state == ProposalState.MADE:
        yield {
            "picto": SOON,
            "title": _("Et maintenant"),
            "text": _("Avec ton groupe, regarde cette page quand tu veux\u202f: tu verras ce qui se passe."),
            "day": "",
        }
    elif proposal.state == ProposalState.IMPOSSIBLE:
        yield {
            "picto": SOON,
            "title": _("Et maintenant"),
            "text": _("Tu n’es pas d’accord\u202f? Parles-en avec ton groupe\u202f: vous pouvez proposer autrement."),
            "day": "",
        }
