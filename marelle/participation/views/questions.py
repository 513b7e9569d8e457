"""One question is written, corrected, read aloud; its drawings are chosen."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.frozen import digest
from marelle.core.rules import Refused
from marelle.documents.checks import UploadRefused
from marelle.participation.actions import builder as actions
from marelle.participation.actions import consultations as life
from marelle.participation.definition import editing
from marelle.participation.definition.checking import CHOICES, of_question
from marelle.participation.definition.readability import advice
from marelle.participation.enums import ConsultationState, QuestionKind
from marelle.participation.forms.builder import QuestionForm, Row, SoundForm
from marelle.participation.models import Consultation
from marelle.participation.queries.pictures import suggested
from marelle.participation.rules import consultations as rules
from marelle.ui import pictograms as drawings

from .builder import shown
from .consultations import tended_or_404, theirs_or_403


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Write a question; or, while children answer, put its words right."""
    found = tended_or_404(request, public_id)
    only_words = found.state == ConsultationState.OPEN
    theirs_or_403(rules.can_correct(request.user, found) if only_words else rules.can_edit(request.user, found))
    form = _form(request, found, key, only_words=only_words)
    if request.method != "POST":
        return _page(request, found, key, form)
    act = request.POST.get("acte", "save")
    if act != "save" and not only_words:
        form.is_valid()
        form.rearrange(act)
        return _page(request, found, key, form, is_moving=True)
    if not form.is_valid():
        return _page(request, found, key, form, status=422)
    try:
        if only_words:
            said = _correct(request, found, key, form)
        else:
            _save(request, found, key, form)
            said = _("La question est enregistrée.")
    except actions.Stale as refused:
        found = tended_or_404(request, public_id)
        return _page(request, found, key, _again(request, found, key, only_words), refusal=refused, is_stale=True)
    except Refused as refused:
        return _page(request, tended_or_404(request, public_id), key, form, refusal=refused)
    messages.success(request, said)
    if request.POST.get("puis") == "rester":
        return redirect("participation:question", public_id, key)
    return redirect(reverse("participation:questionnaire", args=[public_id]) + f"#{key}")


@require_POST
def sound(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """A question read aloud by an adult, or taken away."""
    found = tended_or_404(request, public_id)
    theirs_or_403(rules.can_edit(request.user, found))
    form = SoundForm(request.POST, request.FILES)
    if "retirer" in request.POST:
        return _silence(request, found, key, request.POST["retirer"])
    refusal: Any = None
    if form.is_valid():
        _data(found, key)
        try:
            actions.record_question(
                consultation=found,
                question=key,
                language=form.cleaned_data["language"],
                upload=form.cleaned_data["sound"],
                by=request.user,
                at=timezone.now(),
            )
        except UploadRefused as refused:
            form.add_error("sound", str(refused))
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("L’enregistrement est ajouté : les enfants pourront l’écouter."))
            return redirect("participation:question", public_id, key)
    return _page(request, found, key, _form(request, found, key), sound=form, refusal=refusal, status=422)


@require_safe
def pictograms(request: HttpRequest) -> HttpResponse:
    """Drawings found by a word, as radio buttons for one row of a question: what htmx puts on the page."""
    number = request.GET.get("rang", "")
    if not number.isdigit() or len(number) > 3:
        raise Http404
    said = request.GET.get(f"search-{number}", "")[:50]
    row = Row(picto=request.GET.get("choisi", "")[:20], search=said)
    context = {"n": number, "row": row, "found": suggested(row.search, row.picto, limit=60)}
    return render(request, "participation/builder/parts/drawings.html", context)


def _form(
    request: HttpRequest, found: Consultation, key: str, *, only_words: bool = False, data: Any = None
) -> QuestionForm:
    asked = _data(found, key)
    sent = (
        data
        if data is not None
        else (request.POST if request.method == "POST" and "revision" in request.POST else None)
    )
    return QuestionForm(
        sent,
        question=asked,
        questionnaire=shown(found),
        revision=_revision(found),
        seen=digest(asked),
        only_words=only_words,
    )


def _again(request: HttpRequest, found: Consultation, key: str, only_words: bool) -> QuestionForm:
    """The form as it was typed, upon what is saved now: sending it again replaces it, knowingly."""
    data = request.POST.copy()
    data["revision"], data["seen"] = str(_revision(found)), digest(_data(found, key))
    form = _form(request, found, key, only_words=only_words, data=data)
    form.is_valid()
    return form


def _save(request: HttpRequest, found: Consultation, key: str, form: QuestionForm) -> None:
    def edit(data: dict[str, Any]) -> dict[str, Any]:
        return editing.change_question(data, key, **form.facts)

    actions.change(
        consultation=found,
        revision=form.cleaned_data["revision"],
        question=(key, form.cleaned_data["seen"]),
        edit=edit,
        by=request.user,
        at=timezone.now(),
    )


def _correct(request: HttpRequest, found: Consultation, key: str, form: QuestionForm) -> str:
    version = found.version
    assert version is not None  # Open: it has its version.
    content = editing.change_question(version.content, key, **form.facts)
    made = life.correct(
        consultation=found,
        content=content,
        number=form.cleaned_data["revision"],
        by=request.user,
        at=timezone.now(),
    )
    if made is None:
        return _("Rien n’a changé.")
    return _("C’est corrigé : les enfants qui ouvrent la page lisent les nouveaux mots.")


def _silence(request: HttpRequest, found: Consultation, key: str, language: str) -> HttpResponse:
    heard = {k: v for k, v in (_data(found, key).get("audio") or {}).items() if k != language}
    try:
        actions.change(
            consultation=found,
            revision=found.draft_revision,
            edit=partial(editing.change_question, key=key, audio=heard),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return _page(request, found, key, _form(request, found, key), refusal=refused)
    messages.success(request, _("L’enregistrement est retiré : la voix de l’appareil lira la question."))
    return redirect("participation:question", found.public_id, key)


def _revision(found: Consultation) -> int:
    """What a save is checked against: the draft's, or the number of the version children read."""
    version = found.version if found.state == ConsultationState.OPEN else None
    return version.number if version else found.draft_revision


def _data(found: Consultation, key: str) -> dict[str, Any]:
    version = found.version if found.state == ConsultationState.OPEN else None
    try:
        return editing.question_in(version.content if version else found.draft, key)
    except editing.Gone:
        raise Http404 from None


def _page(
    request: HttpRequest,
    found: Consultation,
    key: str,
    form: QuestionForm,
    *,
    refusal: Any = None,
    sound: SoundForm | None = None,
    is_stale: bool = False,
    is_moving: bool = False,
    status: int = 200,
) -> HttpResponse:
    asked = shown(found)
    now = asked.questions[key]
    only_words = form.only_words
    context = {
        "consultation": found,
        "question": now,
        "kind": QuestionKind(now.kind).label if now.kind in QuestionKind.values else "",
        "form": form,
        "rows": [
            {"row": row, "n": n, "found": suggested(row.search or row.label.get("fr", ""), row.picto, limit=18)}
            for n, row in enumerate(form.rows)
        ],
        "fixed": [] if now.kind in CHOICES else now.choices,
        "faults": [] if form.is_bound else [fault.words for fault in of_question(asked, key)],
        "advice": advice(now, found.age_bands),
        "sound_form": sound or SoundForm(initial={"language": "fr"}),
        "sounds": list(now.audio.items()),
        "only_words": only_words,
        "is_stale": is_stale,
        "is_moving": is_moving,
        "refusal": refusal,
        "categories": drawings.categories(),
    }
    return render(request, "participation/builder/question.html", context, status=status)
