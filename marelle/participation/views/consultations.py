"""Consultations: the public list, the page of one, and how one is begun."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from marelle.accounts.models import User
from marelle.accounts.queries import standing
from marelle.audit.queries import actors_of, history_of
from marelle.core.rules import No, NotNow, Refused
from marelle.participation.actions import builder
from marelle.participation.actions import consultations as actions
from marelle.participation.enums import ConsultationState
from marelle.participation.forms.consultations import FACTS, SETTINGS, AdjustForm, FactsForm, StartForm
from marelle.participation.models import Consultation
from marelle.participation.queries import consultations as queries
from marelle.participation.queries import proposals, readiness
from marelle.participation.rules import consultations as rules
from marelle.territories.models import Territory

PER_PAGE = 20
SHELVES = {
    "ouvertes": gettext_lazy("Ouvertes"),
    "terminees": gettext_lazy("Terminées"),
    "retard": gettext_lazy("Réponse en retard"),
}
MINE = ("preparation", gettext_lazy("Celles de mon équipe"))


@login_not_required
@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """What children are asked now, what they were asked, and whose answer is late. For anyone."""
    today = timezone.localdate()
    organisations = _may_create(request)
    tended = Consultation.objects.tended_by(request.user)
    shelves = dict(SHELVES)
    if standing(request.user).user is not None and (organisations or tended.exists()):
        shelves[MINE[0]] = MINE[1]
    wanted = request.GET.get("etat", "")
    wanted = wanted if wanted in shelves else "ouvertes"
    search = request.GET.get("q", "").replace("\0", "").strip()[:100]
    rows = queries.shelf(wanted, tended=tended, search=search, on=today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.is_late = row.is_overdue(today)
    context = {
        "page": page,
        "wanted": wanted,
        "shelves": shelves.items(),
        "search": search,
        "may_create": bool(organisations),
    }
    return render(request, "participation/consultations/list.html", context)


@login_not_required
@require_safe
def consultation(request: HttpRequest, public_id: str) -> HttpResponse:
    return page_of(request, found_or_404(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    organisations = _may_create(request)
    if not organisations:
        raise PermissionDenied(_("Préparer une consultation revient à une collectivité, à une délégation ou à l’équipe nationale."))  # fmt: skip
    form = StartForm(request.POST or None, organisations=organisations, territories=_territories(organisations))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create(
                organisation=form.chosen_organisation,
                territory=form.chosen_territory,
                title=form.cleaned_data["title"],
                why=form.cleaned_data["why"],
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("La consultation est commencée. Personne d’autre que votre équipe ne la voit."))
            return redirect("participation:questionnaire", made.public_id)
    context = {"form": form, "refusal": refusal}
    return render(request, "participation/consultations/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every fact on one page, while it is prepared."""
    found = tended_or_404(request, public_id)
    can_edit = theirs_or_403(rules.can_edit(request.user, found))
    form = FactsForm(request.POST or None, instance=found)
    refusal: Any = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(consultation=found, by=request.user, at=timezone.now(), **form.facts)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("C’est enregistré. La consultation n’est pas encore ouverte."))
            return redirect("participation:consultation", public_id)
    context = {
        "consultation": found,
        "form": form,
        "refusal": refusal,
        "can_edit": can_edit,
        "facts": [form[name] for name in FACTS if name in form.fields],
        "settings": [form[name] for name in SETTINGS if name in form.fields],
    }
    return render(request, "participation/consultations/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin one's own from any consultation one may read."""
    source = found_or_404(request, public_id)
    organisations = _may_create(request)
    if not organisations:
        raise PermissionDenied(_("Préparer une consultation revient à une collectivité, à une délégation ou à l’équipe nationale."))  # fmt: skip
    form = StartForm(
        request.POST if request.method == "POST" else None,
        organisations=organisations,
        territories=_territories(organisations),
        is_copy=True,
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            made = builder.duplicate(
                source=source,
                organisation=form.chosen_organisation,
                territory=form.chosen_territory,
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("La copie est prête : ses dates et son équipe restent à choisir."))
            return redirect("participation:consultation", made.public_id)
    context = {"source": source, "form": form, "refusal": refusal, "organisations": organisations}
    return render(request, "participation/consultations/duplicate.html", context, status=422 if form.errors else 200)


def found_or_404(request: HttpRequest, public_id: str) -> Consultation:
    return get_object_or_404(_rows(Consultation.objects.visible_to(request.user)), public_id=public_id)


def tended_or_404(request: HttpRequest, public_id: str) -> Consultation:
    """For what only its people do: to anyone else there is no such page."""
    return get_object_or_404(_rows(Consultation.objects.tended_by(request.user)), public_id=public_id)


def theirs_or_403(answer: Any) -> Any:
    """The rule's answer, to be shown; but what is not theirs to do has no page at all."""
    if isinstance(answer, No) and not isinstance(answer, NotNow):
        raise PermissionDenied(answer.reason)
    return answer


def page_of(
    request: HttpRequest,
    found: Consultation,
    *,
    refusal: Any = None,
    adjust: AdjustForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page that everybody reads, and below it what its own people do."""
    user, today = request.user, timezone.localdate()
    context: dict[str, Any] = {
        "consultation": found,
        "is_late": found.is_overdue(today),
        "days_left": (found.closes_on - today).days if found.closes_on else None,
        "questions": _how_many(found),
        "may_copy": bool(_may_create(request)),
        "proposals": proposals.latest_of(found) if found.opened_at else [],
        "refusal": refusal,
    }
    if Consultation.objects.tended_by(user).filter(pk=found.pk).exists():
        context |= _tended(request, found, adjust)
    template = "participation/consultations/page.html"
    return render(request, template, context, status=status)


def _tended(request: HttpRequest, found: Consultation, adjust: AdjustForm | None) -> dict[str, Any]:
    user, today = request.user, timezone.localdate()
    names = {one.public_id: str(one) for one in User.objects.filter(public_id__in=actors_of(found))}
    is_draft = found.state == ConsultationState.DRAFT
    return {
        "is_tended": True,
        "can_edit": rules.can_edit(user, found),
        "can_open": rules.can_open(user, found, on=today),
        "can_correct": rules.can_correct(user, found),
        "can_adjust": rules.can_adjust(user, found),
        "can_close": rules.can_close(user, found),
        "can_answer": rules.can_answer(user, found),
        "can_cancel": rules.can_cancel(user, found),
        "can_name": rules.can_name(user, found),
        "adjust_form": adjust or AdjustForm(consultation=found),
        "checklist": readiness.checklist(found, on=today) if is_draft else [],
        "progress": queries.progress(found) if found.box_id else None,
        "stewards": sorted(found.stewards.all(), key=lambda one: (str(one.user), one.user_id, one.duty)),
        "history": history_of(found, names=names),
    }


def _rows(rows: Any) -> Any:
    return rows.select_related("organisation", "territory", "box").prefetch_related("stewards__user")


def _how_many(found: Consultation) -> int:
    return len(readiness.draft_of(found).questions)


def _may_create(request: HttpRequest) -> list[Any]:
    """The organisations for which this person may begin a consultation."""
    mine = {one.organisation_id: one.organisation for one in standing(request.user).memberships}
    return [one for one in mine.values() if rules.can_create(request.user, one)]


def _territories(organisations: list[Any]) -> Any:
    """The départements to choose from: only when a delegation looks after several."""
    found = Territory.objects.none()
    for organisation in organisations:
        found = found | queries.departements_of(organisation, on=timezone.localdate())
    return found.distinct()
