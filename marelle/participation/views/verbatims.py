"""Moderation: what waits, one word at a time or many, and the last gesture taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.spreadsheets import CSV, csv_of
from marelle.participation.actions import verbatims as actions
from marelle.participation.enums import Theme, VerbatimState
from marelle.participation.forms.verbatims import ApproveForm, RefuseForm, SeenForm, TogetherForm
from marelle.participation.lexicon import masked, suggestions
from marelle.participation.models import Consultation, Verbatim
from marelle.participation.queries import alerts as alert_queries
from marelle.participation.queries import verbatims as queries
from marelle.participation.rules import verbatims as rules

A_PAGE = 30
SHOWN_STATES = (VerbatimState.WAITING, VerbatimState.APPROVED, VerbatimState.REFUSED)


@require_safe
def queues(request: HttpRequest) -> HttpResponse:
    found = queries.queues(request.user)
    context = {
        "waiting": [queue for queue in found if queue.waiting],
        "quiet": [queue for queue in found if not queue.waiting],
        "receives_alerts": alert_queries.may_receive(request.user),
    }
    return render(request, "participation/verbatims/queues.html", context)


@require_safe
def queue(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words of one consultation, oldest day first, by state and question."""
    consultation = _moderated(request, public_id)
    state = request.GET.get("etat", VerbatimState.WAITING)
    if state not in SHOWN_STATES:
        raise Http404
    asked = queries.questions(consultation)
    question = request.GET.get("question", "")
    rows = queries.of(consultation, request.user).filter(state=state)
    if question in asked:
        rows = rows.filter(question=question)
    order = (
        ("question", "arrived_on", "public_id") if state == VerbatimState.WAITING else ("-moderated_at", "public_id")
    )
    page = Paginator(rows.order_by(*order), A_PAGE).get_page(request.GET.get("page"))
    known = queries.counts(consultation, request.user)
    context = {
        "consultation": consultation,
        "state": state,
        "tabs": [(one, one.label, known[one]) for one in SHOWN_STATES],
        "questions": asked,
        "question": question,
        "page": page,
        "cards": [_card(one, asked) for one in page],
        "themes": Theme.choices,
        "groups": queries.groups(consultation, request.user),
        "undoable": queries.last_decision(consultation, request.user),
        "proposal_url": _proposal_url(consultation),
    }
    return render(request, "participation/verbatims/queue.html", context)


@require_POST
def together(request: HttpRequest, public_id: str) -> HttpResponse:
    """One gesture on the ticked words: approve as they are, group, tag; or approve a single one from its card."""
    consultation = _moderated(request, public_id)
    form = TogetherForm(request.POST)
    back = _back(request, consultation)
    if not form.is_valid():
        flash.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(back)
    facts: dict[str, Any] = {"consultation": consultation, "by": request.user, "at": timezone.now()}
    facts["chosen"] = form.cleaned_data["chosen"]
    try:
        if "group" in request.POST.getlist("act"):
            done = actions.group(name=form.cleaned_data["group"], **facts)
            said = ngettext("%(n)d parole réunie.", "%(n)d paroles réunies.", len(done.done))
        elif "tag" in request.POST.getlist("act"):
            done = actions.tag(themes=form.cleaned_data["themes"], **facts)
            said = ngettext("%(n)d parole a son thème.", "%(n)d paroles ont leur thème.", len(done.done))
        else:
            done = actions.approve_as_they_are(**facts)
            said = ngettext("%(n)d parole est publiable.", "%(n)d paroles sont publiables.", len(done.done))
    except Refused as refusal:
        flash.warning(request, refusal.reason)
        return redirect(back)
    if done.done:
        flash.success(request, said % {"n": len(done.done)})
    for why in done.left:
        flash.warning(request, why)
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, public_id: str, verbatim: str) -> HttpResponse:
    """One child's words: what may give somebody away is marked, ticked to be hidden, and seen before it is published."""
    found = _found(request, public_id, verbatim)
    spans = suggestions(found.text)
    is_preview = request.method == "POST" and "preview" in request.POST
    chosen = _numbers(request, len(spans)) if request.method == "POST" else {*range(len(spans))}
    hidden = masked(found.text, [span for number, span in enumerate(spans) if number in chosen])
    initial = {"wording": found.wording or hidden, "themes": found.themes, "seen": found.revision}
    form = ApproveForm(request.POST if request.method == "POST" and not is_preview else None, initial=initial)
    if is_preview:
        initial |= {"wording": hidden, "themes": request.POST.getlist("themes")}
    refusal: Any = None
    if request.method == "POST" and not is_preview and form.is_valid():
        try:
            actions.approve(verbatim=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as error:
            refusal = error
            found.refresh_from_db()
        else:
            flash.success(request, _("Cette parole est publiable."))
            return redirect(_next(request, found))
    return _page_of(request, found, form=form, chosen=chosen, refusal=refusal, is_preview=is_preview)


@require_POST
def refuse(request: HttpRequest, public_id: str, verbatim: str) -> HttpResponse:
    found = _found(request, public_id, verbatim)
    form = RefuseForm(request.POST)
    refusal: Any = None
    if form.is_valid():
        try:
            actions.refuse(verbatim=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as error:
            refusal = error
            found.refresh_from_db()
        else:
            flash.success(request, _("Cette parole est écartée. Elle ne paraîtra nulle part."))
            return redirect(_next(request, found))
    return _page_of(request, found, refuse_form=form, refusal=refusal)


@require_POST
def put_back(request: HttpRequest, public_id: str, verbatim: str) -> HttpResponse:
    found = _found(request, public_id, verbatim)
    form = SeenForm(request.POST)
    try:
        actions.put_back(verbatim=found, seen=_seen(form), by=request.user, at=timezone.now())
        flash.success(request, _("Cette parole est de nouveau à relire. Elle n’est plus publiée."))
    except Refused as refusal:
        flash.warning(request, refusal.reason)
    return redirect("participation:verbatim", public_id, verbatim)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str, verbatim: str) -> HttpResponse:
    """These words worry: said on a page of its own, since the moderator will not see them again."""
    found = _found(request, public_id, verbatim)
    refusal: Any = None
    if request.method == "POST":
        try:
            actions.report(verbatim=found, seen=_seen(SeenForm(request.POST)), by=request.user, at=timezone.now())
        except Refused as error:
            refusal = error
            found.refresh_from_db()
        else:
            flash.success(
                request, _("Merci. Cette parole est transmise tout de suite aux personnes qui protègent les enfants.")
            )
            return redirect("participation:verbatim_queue", public_id)
    context = {
        "consultation": found.session.consultation,
        "verbatim": found,
        "allowed": rules.can_report(request.user, found),
        "refusal": refusal,
    }
    return render(request, "participation/verbatims/report.html", context, status=409 if refusal else 200)


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    consultation = _moderated(request, public_id)
    try:
        count = actions.undo_last(consultation=consultation, by=request.user, at=timezone.now())
        flash.success(
            request,
            ngettext(
                "Annulé\u202f: %(n)d parole est de nouveau à relire.",
                "Annulé\u202f: %(n)d paroles sont de nouveau à relire.",
                count,
            )
            % {"n": count},
        )
    except Refused as refusal:
        flash.warning(request, refusal.reason)
    return redirect("participation:verbatim_queue", public_id)


@require_safe
def likeness(request: HttpRequest, public_id: str) -> HttpResponse:
    """Words that say nearly the same, offered to be put under one name."""
    consultation = _moderated(request, public_id)
    asked = queries.questions(consultation)
    found = [(key, words, queries.alike(consultation, request.user, key)) for key, words in asked.items()]
    context = {
        "consultation": consultation,
        "found": [(key, words, groups) for key, words, groups in found if groups],
        "groups": queries.groups(consultation, request.user),
    }
    return render(request, "participation/verbatims/likeness.html", context)


@require_POST
def export(request: HttpRequest, public_id: str) -> HttpResponse:
    """The publishable wordings, for the people of the consultation. A POST: that a file left is written down."""
    consultation = get_object_or_404(Consultation.objects.tended_by(request.user), public_id=public_id)
    rows = list(queries.publishable(consultation))
    actions.note_export(consultation=consultation, count=len(rows), by=request.user, at=timezone.now())
    header = (_("Question"), _("Parole publiable"), _("Thèmes"), _("Groupe"))
    response = HttpResponse(csv_of(header, rows), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="paroles-{consultation.public_id}.csv"'
    return response


def _moderated(request: HttpRequest, public_id: str) -> Consultation:
    return get_object_or_404(queries.moderated_by(request.user), public_id=public_id)


def _found(request: HttpRequest, public_id: str, verbatim: str) -> Verbatim:
    consultation = _moderated(request, public_id)
    return get_object_or_404(queries.of(consultation, request.user), public_id=verbatim)


def _card(one: Verbatim, asked: dict[str, str]) -> dict[str, Any]:
    found = queries.marks(one.text)
    return {
        "verbatim": one,
        "asked": asked.get(one.question, one.question),
        "marks": found,
        "names_somebody": any(mark.span for mark in found),
        "themes": [Theme(code).label for code in one.themes if code in Theme.values],
    }


def _page_of(request: HttpRequest, found: Verbatim, **shown: Any) -> HttpResponse:
    consultation = found.session.consultation
    if consultation is None:
        raise Http404
    chosen = shown.get("chosen")
    spans = suggestions(found.text)
    form = shown.get("form")
    if form is None:
        wording = found.wording or masked(found.text, spans)
        form = ApproveForm(initial={"wording": wording, "themes": found.themes, "seen": found.revision})
    refusal = shown.get("refusal")
    refuse_form = shown.get("refuse_form") or RefuseForm(initial={"seen": found.revision}, auto_id="refuse_%s")
    errors = form.errors or refuse_form.errors
    context = {
        "consultation": consultation,
        "verbatim": found,
        "asked": queries.questions(consultation).get(found.question, found.question),
        "marks": queries.marks(found.text, chosen),
        "has_marks": bool(spans),
        "form": form,
        "refuse_form": refuse_form,
        "refusal": refusal,
        "is_preview": shown.get("is_preview", False),
        "can_approve": rules.can_approve(request.user, found),
        "can_refuse": rules.can_refuse(request.user, found),
        "can_put_back": rules.can_put_back(request.user, found),
        "left": queries.of(consultation, request.user).to_moderate().exclude(pk=found.pk).count(),
        "next": _next(request, found),
        "proposal_url": _proposal_url(consultation, found) if found.state == VerbatimState.APPROVED else "",
    }
    status = 409 if refusal else 422 if errors else 200
    return render(request, "participation/verbatims/one.html", context, status=status)


def _numbers(request: HttpRequest, most: int) -> set[int]:
    sent = request.POST.getlist("hide")
    return {number for number in range(most) if str(number) in sent}


def _seen(form: SeenForm) -> int:
    return form.cleaned_data["seen"] if form.is_valid() else -1


def _next(request: HttpRequest, found: Verbatim) -> str:
    """The page of the next words that wait; the queue when none do."""
    consultation = found.session.consultation
    if consultation is None:
        raise Http404
    rows = queries.of(consultation, request.user).to_moderate().exclude(pk=found.pk)
    ids = list(rows.order_by("question", "arrived_on", "public_id").values_list("question", "arrived_on", "public_id"))
    here = (found.question, found.arrived_on, found.public_id)
    after = next((one for one in ids if one > here), ids[0] if ids else None)
    if after is None:
        return reverse("participation:verbatim_queue", args=[consultation.public_id])
    return reverse("participation:verbatim", args=[consultation.public_id, after[2]])


def _back(request: HttpRequest, consultation: Consultation) -> str:
    """The queue, or the page of likenesses when one came from there."""
    name = "verbatims_alike" if request.POST.get("from") == "alike" else "verbatim_queue"
    return reverse(f"participation:{name}", args=[consultation.public_id])


def _proposal_url(consultation: Consultation, *words: Verbatim) -> str:
    """Where approved words become a proposal."""
    query = "&".join(f"paroles={one.public_id}" for one in words)
    return f"{reverse('participation:proposal_from_verbatims', args=[consultation.public_id])}?{query}".rstrip("?")
