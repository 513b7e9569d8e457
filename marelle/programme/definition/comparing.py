"""What changed between two versions of a route, in terms a person can read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .shape import Definition, OnlyIf, Option, Strict

How = Literal["added", "removed", "reworded", "changed", "moved"]
What = Literal[
    "section", "question", "document", "deadline", "fee", "outcome", "step", "engagement", "charter", "route"
]

WORDS = {"label", "why", "example", "who", "title", "intro", "name", "description", "text", "explanation", "summary"}
"""Fields that only say: a change of theirs is a rewording. Any other changes what is asked."""


@dataclass(frozen=True)
class Detail:
    """One field, before and after, in words. None: it did not exist."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Change:
    """One thing of the route that is no longer the same. `where` is its section’s title, when it has one."""

    how: How
    what: What
    key: str
    label: str
    where: str = ""
    details: tuple[Detail, ...] = ()

    @property
    def how_label(self) -> str:
        """Agrees with `what_label`, as French does."""
        if self.what in {"engagement", "route"}:
            return {
                "added": _("ajouté"), "removed": _("retiré"), "reworded": _("reformulé"),
                "changed": _("modifié"), "moved": _("déplacé"),
            }[self.how]  # fmt: skip
        return {
            "added": _("ajoutée"), "removed": _("retirée"), "reworded": _("reformulée"),
            "changed": _("modifiée"), "moved": _("déplacée"),
        }[self.how]  # fmt: skip

    @property
    def what_label(self) -> str:
        return {
            "section": _("section"), "question": _("question"), "document": _("pièce à joindre"),
            "deadline": _("échéance"), "fee": _("cotisation"), "outcome": _("décision possible"), "step": _("étape"),
            "engagement": _("engagement"), "charter": _("charte"), "route": _("parcours"),
        }[self.what]  # fmt: skip


FIELDS = {
    "label": gettext_lazy("intitulé"),
    "why": gettext_lazy("pourquoi"),
    "example": gettext_lazy("exemple"),
    "who": gettext_lazy("qui répond"),
    "kind": gettext_lazy("genre"),
    "required": gettext_lazy("obligatoire"),
    "options": gettext_lazy("choix"),
    "unit": gettext_lazy("unité"),
    "minimum": gettext_lazy("minimum"),
    "maximum": gettext_lazy("maximum"),
    "max_length": gettext_lazy("longueur"),
    "only_if": gettext_lazy("condition"),
    "engagement": gettext_lazy("engagement"),
    "title": gettext_lazy("titre"),
    "square": gettext_lazy("case de la marelle"),
    "intro": gettext_lazy("introduction"),
    "several": gettext_lazy("plusieurs fichiers"),
    "name": gettext_lazy("nom"),
    "title_names": gettext_lazy("nom du titre"),
    "description": gettext_lazy("description"),
    "statuses": gettext_lazy("états"),
    "explanation": gettext_lazy("explication"),
    "text": gettext_lazy("texte"),
    "opens_at": gettext_lazy("ouverture"),
    "file_due_at": gettext_lazy("date limite de dépôt"),
    "chase_days_before": gettext_lazy("relances, en jours avant"),
    "instruction_days": gettext_lazy("jours d’instruction"),
    "correction_days": gettext_lazy("jours pour corriger"),
    "opinion_days": gettext_lazy("jours pour un avis"),
    "opinion_reminder_days": gettext_lazy("relance d’un avis, en jours"),
    "silent_after_days": gettext_lazy("jours avant d’être dite silencieuse"),
    "articles": gettext_lazy("articles"),
    "summary": gettext_lazy("résumé"),
    "source": gettext_lazy("source"),
    "eligible": gettext_lazy("territoires admis"),
    "fee_note": gettext_lazy("note sur la cotisation"),
    "section": gettext_lazy("section"),
    "cents": gettext_lazy("cotisation annuelle"),
}
"""What the fields are called on screen."""


def compare(old: Definition, new: Definition) -> list[Change]:
    """Everything that differs, what touches people’s answers first."""
    changes = _questions(old, new)
    changes += _keyed("document", old.documents, new.documents)
    changes += _deadlines(old, new)
    changes += _fees(old, new)
    changes += _keyed("section", old.sections, new.sections, leaving_out={"questions"})
    changes += _keyed("step", old.steps, new.steps)
    changes += _keyed("engagement", old.engagements, new.engagements)
    changes += _outcomes(old, new)
    changes += _whole("charter", _("La charte"), old.charter, new.charter)
    return changes + _route(old, new)


def touches_the_file(changes: Iterable[Change]) -> bool:
    """Whether a collectivité that is writing its file has a reason to be told."""
    return any(change.what in {"question", "document", "deadline", "fee", "section"} for change in changes)


def _questions(old: Definition, new: Definition) -> list[Change]:
    homes = [{q.key: section for section in d.sections for q in section.questions} for d in (old, new)]
    before, after = old.questions, new.questions
    strayed = _strayed(
        [key for key in before if key in after and homes[0][key].key == homes[1][key].key],
        [key for key in after if key in before and homes[0][key].key == homes[1][key].key],
    )
    changes = []
    for key, question in after.items():
        here = homes[1][key]
        if key not in before:
            changes.append(Change("added", "question", key, question.label, here.title))
            continue
        changes += _one("question", key, question.label, before[key], question, here.title)
        if homes[0][key].key != here.key:
            was = Detail(str(FIELDS["section"]), homes[0][key].title, here.title)
            changes.append(Change("moved", "question", key, question.label, here.title, (was,)))
        elif key in strayed:
            changes.append(Change("moved", "question", key, question.label, here.title))
    gone = [
        Change("removed", "question", key, question.label, homes[0][key].title)
        for key, question in before.items()
        if key not in after
    ]
    return changes + gone


def _keyed(
    what: What, before: list[Any], after: list[Any], *, leaving_out: frozenset[str] | set[str] = frozenset()
) -> list[Change]:
    """Compare two lists of things that have a key."""
    olds, news = ({thing.key: thing for thing in things} for things in (before, after))
    strayed = _strayed([key for key in olds if key in news], [key for key in news if key in olds])
    changes = []
    for key, thing in news.items():
        if key not in olds:
            changes.append(Change("added", what, key, _name(thing)))
            continue
        changes += _one(what, key, _name(thing), olds[key], thing, leaving_out=leaving_out)
        if key in strayed:
            changes.append(Change("moved", what, key, _name(thing)))
    return changes + [Change("removed", what, key, _name(thing)) for key, thing in olds.items() if key not in news]


def _one(
    what: What, key: str, label: str, old: Strict, new: Strict, where: str = "", *, leaving_out: Any = frozenset()
) -> list[Change]:
    details, said_only = [], True
    for field in type(new).model_fields:
        before, after = getattr(old, field), getattr(new, field)
        if field in leaving_out or before == after:
            continue
        said_only &= field in WORDS or (field == "options" and [o.key for o in before] == [o.key for o in after])
        details.append(Detail(str(FIELDS.get(field, field)), in_words(before), in_words(after)))
    if not details:
        return []
    return [Change("reworded" if said_only else "changed", what, key, label, where, tuple(details))]


def _deadlines(old: Definition, new: Definition) -> list[Change]:
    return _whole("deadline", _("Les échéances"), old.deadlines, new.deadlines)


def _fees(old: Definition, new: Definition) -> list[Change]:
    before, after = ({band.up_to: band.cents for band in d.fees} for d in (old, new))
    details = [
        Detail(_band(up_to), _euros(before.get(up_to)), _euros(after.get(up_to)))
        for up_to in sorted({*before, *after}, key=lambda top: (top is None, top or 0))
        if before.get(up_to) != after.get(up_to)
    ]
    if old.fee_note != new.fee_note:
        details.append(Detail(str(FIELDS["fee_note"]), old.fee_note, new.fee_note))
    return [Change("changed", "fee", "fees", _("La grille des cotisations"), "", tuple(details))] if details else []


def _outcomes(old: Definition, new: Definition) -> list[Change]:
    olds, news = ({o.kind: o for o in d.outcomes} for d in (old, new))
    changes = [Change("added", "outcome", kind, o.label) for kind, o in news.items() if kind not in olds]
    for kind in news:
        if kind in olds:
            changes += _one("outcome", kind, news[kind].label, olds[kind], news[kind])
    return changes + [Change("removed", "outcome", kind, o.label) for kind, o in olds.items() if kind not in news]


def _whole(what: What, label: str, old: Strict | None, new: Strict | None) -> list[Change]:
    if old is None and new is None:
        return []
    if old is None or new is None:
        return [Change("added" if old is None else "removed", what, what, label)]
    return [
        Change("changed", change.what, change.key, change.label, "", change.details)
        for change in _one(what, what, label, old, new)
    ]


def _route(old: Definition, new: Definition) -> list[Change]:
    parts = set(Definition.model_fields) - {"name", "title_names", "summary", "source", "eligible"}
    return _one("route", new.key, new.name, old, new, leaving_out=parts)


def _strayed(before: list[str], after: list[str]) -> set[str]:
    """Of two orders of the same keys, the fewest to take out so that the others stand as before."""
    if before == after:
        return set()
    place = {key: index for index, key in enumerate(before)}
    ends: list[int] = []  # ends[n]: the smallest place at which an ordered run of n + 1 keys can end
    came_from: dict[int, int | None] = {}
    for at in (place[key] for key in after):
        n = bisect_left(ends, at)
        came_from[at] = ends[n - 1] if n else None
        ends[n : n + 1] = [at]
    kept, last = set(), ends[-1] if ends else None
    while last is not None:
        kept.add(before[last])
        last = came_from[last]
    return set(after) - kept


def _name(thing: Any) -> str:
    return getattr(thing, "label", None) or getattr(thing, "title", None) or thing.name


def in_words(value: Any) -> str:
    """A value of the definition, in words."""
    if value is None or value == "" or value == []:
        return _("rien")
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, list):
        return " ; ".join(in_words(one) for one in value)
    if isinstance(value, dict):
        return " ; ".join(f"{key} : {in_words(one)}" for key, one in value.items()) or _("rien")
    if isinstance(value, Option):
        return value.label
    if isinstance(value, OnlyIf):
        return _("seulement si « %(question)s » vaut %(values)s") % {
            "question": value.question,
            "values": _(" ou ").join(in_words(one) for one in value.is_one_of),
        }
    if hasattr(value, "strftime"):
        return date_format(localtime(value), "j F Y, H:i")
    return str(value)


def _band(up_to: int | None) -> str:
    return (
        _("au-delà") if up_to is None else _("jusqu’à %(count)s habitants") % {"count": f"{up_to:,}".replace(",", " ")}
    )


def _euros(cents: int | None) -> str | None:
    return None if cents is None else f"{cents / 100:,.0f} €".replace(",", " ")
