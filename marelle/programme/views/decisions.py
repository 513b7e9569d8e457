"""Pages of the decision: record it, read it, see exactly what was judged."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marelle.core.rules import Refused
from marelle.documents.models import File
from marelle.documents.responses import serve
from marelle.programme.actions import decisions as actions
from marelle.programme.enums import OutcomeKind, Status
from marelle.programme.forms.candidacies import ReasonForm
from marelle.programme.forms.decisions import DecisionForm, EvidenceForm, TasksFormSet
from marelle.programme.models import Candidacy
from marelle.programme.queries import decisions as queries
from marelle.programme.queries.hats import hats
from marelle.programme.rules import decisions as rules

from .finding import candidacy_or_404, decision_or_404, theirs_or_403


@require_safe
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    return page(request, candidacy_or_404(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Record what the commission decided. « more » only adds rows for promises: nothing is recorded."""
    found = candidacy_or_404(request, public_id)
    allowed = theirs_or_403(rules.can_decide(request.user, found))
    before = found.decisions.count()
    start = {"seen": before, "decided_on": timezone.localdate(), "body": _("Commission d’attribution")}
    if found.commission_on and found.commission_on <= timezone.localdate():
        start["decided_on"] = found.commission_on
    form = DecisionForm(request.POST or None, candidacy=found, initial=start)
    rows = TasksFormSet(_with_more_rows(request) if request.method == "POST" else None, prefix="tasks")
    refusal, wants_rows = None, "more" in request.POST
    if request.method == "POST" and not wants_rows and _valid(form, rows):
        try:
            actions.decide(
                candidacy=found, verdict=form.verdict(rows.tasks), seen=form.cleaned_data["seen"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("La décision est enregistrée. La collectivité est prévenue, avec les motifs."))
            return redirect("programme:decision", public_id)
    context = {
        "candidacy": found,
        "form": form,
        "rows": rows,
        "refusal": refusal,
        "allowed": allowed,
        "outcomes": found.version.definition.outcomes,
        "opens_probation": wants_rows or _says_probation(form, rows),
        "may_probate": found.status != Status.PROBATION,
    }
    return render(request, "programme/decide.html", context)


def _with_more_rows(request: HttpRequest):
    """What was typed, with two more rows when they were asked for."""
    typed = request.POST.copy()
    if "more" in typed:
        total = typed.get("tasks-TOTAL_FORMS", "")
        typed["tasks-TOTAL_FORMS"] = str(min(20, int(total) + 2)) if total.isdecimal() and len(total) < 4 else "4"
    return typed


def _says_probation(form: DecisionForm, rows) -> bool:
    """Whether what was typed about a probation is to be seen: chosen, or wrong somewhere."""
    if not form.is_bound:
        return False
    wrong = "probation_ends_on" in form.errors or any(rows.errors) or bool(rows.non_form_errors())
    return wrong or form["outcome"].value() == OutcomeKind.PROBATION


def _valid(form: DecisionForm, rows) -> bool:
    # Both are asked, so that all that is to be seen again is shown at once.
    return all([form.is_valid(), rows.is_valid()])


@require_safe
def judged(request: HttpRequest, public_id: str) -> HttpResponse:
    """Exactly what was before the commission, read back from the frozen copy, its fingerprint checked."""
    found = decision_or_404(request, public_id)
    worn = hats(request.user, found.candidacy)
    replay = queries.judged(found, reads_opinions=worn.is_team, reads_confidential=worn.is_national)
    return render(request, "programme/judged.html", {"decision": found, "judged": replay, "candidacy": found.candidacy})


@require_safe
def judged_document(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse:
    """A document that was judged: one named by the frozen copy, and no other."""
    found = decision_or_404(request, public_id)
    documents = found.judged["content"].get("documents", {}).values()
    if file_id not in {one["file"] for files in documents for one in files}:
        raise Http404
    return serve(get_object_or_404(File, public_id=file_id), inline=True)


def page(
    request: HttpRequest, candidacy: Candidacy, *, refusal: Refused | None = None, form: EvidenceForm | None = None,
    reopening: ReasonForm | None = None, task_id: str = "",
) -> HttpResponse:  # fmt: skip
    """The decision page; `form` or `reopening`, with `task_id`, when something typed about a promise is to be seen again."""
    found = list(candidacy.decisions.prefetch_related("tasks").order_by("-recorded_at", "-pk"))
    if not found:
        raise Http404
    meanings = {one.kind: one.explanation for one in candidacy.version.definition.outcomes}
    for one in found:
        one.meaning, one.shown_as = meanings.get(one.outcome, ""), SHOWN_AS[OutcomeKind(one.outcome)]
        one.lines = [
            _line(request, candidacy, task, *((form, reopening) if task.public_id == task_id else (None, None)))
            for task in one.tasks.all()
        ]
    context = {
        "candidacy": candidacy,
        "decision": found[0],
        "earlier": found[1:],
        "can_decide": rules.can_decide(request.user, candidacy),
        "is_on_probation": candidacy.status == Status.PROBATION,
        "probation_is_over": candidacy.status == Status.PROBATION
        and found[0].probation_ends_on is not None
        and found[0].probation_ends_on < timezone.localdate(),
        "is_awarded": candidacy.status in {Status.AWARDED, Status.TITLED},
        "refusal": refusal,
    }
    return render(request, "programme/decision.html", context)


SHOWN_AS = {
    OutcomeKind.AWARD: "ok",
    OutcomeKind.AWARD_WITH_RECOMMENDATIONS: "ok",
    OutcomeKind.PROBATION: "warn",
    OutcomeKind.REFUSAL: "bad",
}


def _line(request, candidacy, task, form, reopening):
    task.decision.candidacy = candidacy
    return {
        "task": task,
        "can_say_done": rules.can_say_done(request.user, task),
        "can_confirm": rules.can_confirm_task(request.user, task),
        "is_reopening": reopening is not None,
        "reopening": reopening or ReasonForm(auto_id=f"id_{task.public_id}_%s"),
        "form": form or EvidenceForm(initial={"evidence": task.evidence}, auto_id=f"id_{task.public_id}_%s"),
    }
