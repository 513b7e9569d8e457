"""The questionnaire as a list: sections and questions in order, and everything that moves them."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused
from marelle.participation.actions import builder as actions
from marelle.participation.definition import Question, Questionnaire, editing
from marelle.participation.definition import bank as questions
from marelle.participation.definition.checking import LONGEST_TITLE, faults
from marelle.participation.enums import AgeBand, ConsultationState, QuestionKind, Theme
from marelle.participation.models import Consultation
from marelle.participation.queries import readiness
from marelle.participation.rules import consultations as rules

from .consultations import tended_or_404, theirs_or_403

Data = dict[str, Any]


@require_safe
def questionnaire(request: HttpRequest, public_id: str) -> HttpResponse:
    return list_page(request, tended_or_404(request, public_id))


@require_POST
def act(request: HttpRequest, public_id: str) -> HttpResponse:
    """One act on the list: move, copy, remove, put back, name a section, or the order that dragging made."""
    found = tended_or_404(request, public_id)
    theirs_or_403(rules.can_edit(request.user, found))
    sent = request.POST
    name, key = sent.get("acte", ""), sent.get("cle", "")
    known = _acts(sent, key)
    if name not in known:
        return list_page(request, found, refusal=Refused(_("Ce geste n’existe pas.")))
    edit, said = known[name]
    try:
        actions.change(
            consultation=found, revision=revision_of(sent, found), edit=edit, by=request.user, at=timezone.now()
        )
    except Refused as refused:
        return list_page(request, tended_or_404(request, public_id), refusal=refused)
    if said:
        messages.success(request, said)
    where = f"#{key}" if key and name != "remove" else ""
    return redirect(reverse("participation:questionnaire", args=[public_id]) + where)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which kind of question? Then it opens, ready to be written."""
    found = tended_or_404(request, public_id)
    can_edit = theirs_or_403(rules.can_edit(request.user, found))
    section, refusal = request.POST.get("partie", request.GET.get("partie", "")), None
    if request.method == "POST":
        kind = request.POST.get("genre", "")
        if kind in QuestionKind.values:
            made: list[str] = []

            def edit(data: Data) -> Data:
                new, key = editing.add_question(data, section or _last_section(data), editing.blank(kind))
                made.append(key)
                return new

            try:
                actions.change(
                    consultation=found,
                    revision=revision_of(request.POST, found),
                    edit=edit,
                    by=request.user,
                    at=timezone.now(),
                )
            except Refused as refused:
                refusal = refused
                found = tended_or_404(request, public_id)
            else:
                return redirect("participation:question", public_id, made[0])
    kinds = [(kind, KINDS[kind]) for kind in QuestionKind]
    context = {"consultation": found, "kinds": kinds, "section": section, "refusal": refusal, "can_edit": can_edit}
    return render(request, "participation/builder/add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: HttpRequest, public_id: str) -> HttpResponse:
    """Questions that worked elsewhere, and whole questionnaires: taken as they are, then changed as one likes."""
    found = tended_or_404(request, public_id)
    can_edit = theirs_or_403(rules.can_edit(request.user, found))
    refusal = None
    if request.method == "POST":
        try:
            said, where = _take(request, found)
        except Refused as refused:
            refusal = refused
            found = tended_or_404(request, public_id)
        else:
            messages.success(request, said)
            return redirect(reverse("participation:questionnaire", args=[public_id]) + where)
    theme, age = request.GET.get("theme", ""), request.GET.get("age", "")
    context = {
        "consultation": found,
        "refusal": refusal,
        "can_edit": can_edit,
        "section": request.GET.get("partie", ""),
        "ready_made": questions.ready_made(),
        "rows": questions.choose(theme=theme, age=age),
        "themes": Theme.choices,
        "ages": AgeBand.choices,
        "theme": theme,
        "age": age,
    }
    return render(request, "participation/builder/bank.html", context)


def list_page(request: HttpRequest, found: Consultation, *, refusal: Any = None) -> HttpResponse:
    asked = shown(found)
    wrong = faults(asked)
    removed = found.draft.get("removed") if found.state == ConsultationState.DRAFT else None
    context = {
        "consultation": found,
        "sections": [
            {
                "section": section,
                "questions": [_line(one, asked, wrong) for one in section.questions],
                "faults": [fault.words for fault in wrong if fault.section == section.key and not fault.question],
                "is_first": n == 0,
                "is_last": n == len(asked.sections) - 1,
            }
            for n, section in enumerate(asked.sections)
        ],
        "faults": [fault.words for fault in wrong if not fault.question and not fault.section and asked.questions],
        "wrong": len(wrong),
        "count": len(asked.questions),
        "removed": _removed(removed),
        "can_edit": rules.can_edit(request.user, found),
        "can_correct": rules.can_correct(request.user, found),
        "refusal": refusal,
        "longest_title": LONGEST_TITLE,
    }
    return render(request, "participation/builder/list.html", context)


def shown(found: Consultation) -> Questionnaire:
    """The questionnaire as it is prepared, or as children read it."""
    version = found.version if found.state not in {ConsultationState.DRAFT, ConsultationState.CANCELLED} else None
    return version.questionnaire if version else readiness.draft_of(found)


def revision_of(sent: Any, found: Consultation) -> int:
    """The revision that the page was made from; unreadable counts as old."""
    said = sent.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 9 else -1


def _acts(sent: Any, key: str) -> dict[str, tuple[Callable[[Data], Data], str]]:
    title = {"fr": " ".join(sent.get("titre", "").split())[:LONGEST_TITLE]}
    return {
        "up": (partial(editing.move_question, key=key, step=-1), ""),
        "down": (partial(editing.move_question, key=key, step=1), ""),
        "duplicate": (lambda data: editing.duplicate_question(data, key)[0], _("La copie est juste dessous.")),
        "remove": (partial(editing.remove_question, key=key), ""),
        "put_back": (editing.put_back, _("C’est remis à sa place.")),
        "section_add": (lambda data: editing.add_section(data, title=title)[0], _("La partie est ajoutée à la fin.")),
        "section_rename": (partial(editing.rename_section, key=key, title=title), _("La partie a son titre.")),
        "section_up": (partial(editing.move_section, key=key, step=-1), ""),
        "section_down": (partial(editing.move_section, key=key, step=1), ""),
        "section_remove": (partial(editing.remove_section, key=key), ""),
        "reorder": (lambda data: editing.reorder(data, _order(sent.get("ordre", ""))), _("L’ordre est enregistré.")),
    }


def _order(said: str) -> dict[str, list[str]]:
    try:
        order = json.loads(said[:20_000])
    except ValueError:
        raise editing.Gone from None
    fine = isinstance(order, dict) and all(
        isinstance(keys, list) and all(isinstance(one, str) for one in keys) for keys in order.values()
    )
    if not fine:
        raise editing.Gone
    return order


def _take(request: HttpRequest, found: Consultation) -> tuple[str, str]:
    """From the bank into the questionnaire: what to say, and where to look."""
    sent = request.POST
    ready = questions.ready_made().get(sent.get("questionnaire", ""))
    question = questions.questions().get(sent.get("question", ""))
    if ready is None and question is None:
        raise Refused(_("Cette question n’est plus dans la banque."))
    made: list[str] = []

    def edit(data: Data) -> Data:
        if ready is not None:
            return editing.append(data, ready.sections)
        assert question is not None
        wanted = sent.get("partie", "")
        here = wanted if any(one["key"] == wanted for one in data.get("sections") or []) else _last_section(data)
        new, key = editing.add_question(data, here, question.data)
        made.append(key)
        return new

    actions.change(consultation=found, revision=revision_of(sent, found), edit=edit, by=request.user, at=timezone.now())
    if ready is not None:
        return _("« %s » est ajouté : changez-en ce que vous voulez.") % ready.title, ""
    return _("La question est ajoutée."), f"#{made[0]}"


def _last_section(data: Data) -> str:
    sections = data.get("sections") or []
    return sections[-1]["key"] if sections else ""


def _line(question: Question, asked: Questionnaire, wrong: list[Any]) -> dict[str, Any]:
    condition = question.only_if
    before = asked.questions.get(condition.question) if condition else None
    return {
        "question": question,
        "kind": QuestionKind(question.kind).label if question.kind in QuestionKind.values else question.kind,
        "faults": [fault.words for fault in wrong if fault.question == question.key],
        "only_if": {
            "text": before.text.get("fr", "") if before else "",
            "choices": [
                choice.label.get("fr", "")
                for choice in (before.choices if before else ())
                if condition and choice.key in condition.choices
            ],
        }
        if condition
        else None,
    }


def _removed(removed: Any) -> str:
    if not removed:
        return ""
    if "question" in removed:
        return removed["question"].get("text", {}).get("fr", "") or _("question sans texte")
    return removed["section"].get("title", {}).get("fr", "") or _("partie sans titre")


KINDS: dict[str, Any] = {
    QuestionKind.PICTURE: gettext_lazy("L’enfant touche une image. Bien à tout âge."),
    QuestionKind.PICTURES: gettext_lazy("L’enfant touche toutes les images qu’il veut, ou un nombre que vous fixez."),
    QuestionKind.SMILEYS: gettext_lazy("Cinq visages. Bien dès 4 ans."),
    QuestionKind.SCALE: gettext_lazy("Un nombre de 0 à 10. À partir de 9 ans."),
    QuestionKind.YES_NO: gettext_lazy("Oui, non, je ne sais pas. Bien à tout âge."),
    QuestionKind.RANKING: gettext_lazy("L’enfant met les réponses dans l’ordre. À partir de 6 ans, cinq au plus."),
    QuestionKind.PLACE: gettext_lazy("L’enfant choisit dans la liste des lieux de votre ville."),
    QuestionKind.AGE: gettext_lazy("Une fois par questionnaire : les résultats se lisent alors par âge."),
    QuestionKind.TEXT: gettext_lazy("L’enfant écrit. Un adulte relit chaque texte avant toute publication."),
}
"""What each kind is good for."""
