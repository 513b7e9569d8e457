from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.actions import invitations, memberships, mergers
from marelle.accounts.actions import organisations as actions
from marelle.accounts.enums import ROLES, Kind, roles_of
from marelle.accounts.forms.organisations import CoverageForm, DelegationForm, InvitationForm, StructureForm
from marelle.accounts.models import Coverage, Membership, Organisation
from marelle.accounts.queries import (
    coverage_report,
    merged_collectivites,
    open_invitations,
    past_people_of,
    people_of,
    standing,
)
from marelle.accounts.rules import invitations as invitation_rules
from marelle.accounts.rules import memberships as membership_rules
from marelle.accounts.rules import organisations as rules
from marelle.core.rules import Refused, require
from marelle.territories.queries import successor_of


@require_safe
def index(request):
    """The organisations a person may see, the largest houses first; found by name."""
    kind = request.GET.get("nature", "")
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    rows = Organisation.objects.open().visible_to(request.user).select_related("territory__departement")
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(name__icontains=words)
    context = {
        "page": Paginator(rows.order_by("kind", "name", "pk"), 50).get_page(request.GET.get("page")),
        "kinds": Kind.choices,
        "kind": kind,
        "words": words,
        "can_create": rules.can_create(request.user, Kind.DELEGATION),
        "merged": merged_collectivites() if standing(request.user).is_manager else [],
        "can_read_coverage": rules.can_read_coverage(request.user),
    }
    return render(request, "accounts/organisations.html", context)


@require_safe
def detail(request, public_id):
    return _page(request, _find(request, public_id))


@require_POST
def invite(request, public_id):
    organisation = _find(request, public_id)
    form = InvitationForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return _page(request, organisation, invitation_form=form)
    try:
        invitations.invite(organisation=organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        return _page(request, organisation, invitation_form=form, refusal=refused)
    messages.success(request, _("L’invitation est partie à {email}.").format(email=form.cleaned_data["email"]))
    return redirect("accounts:organisation", public_id)


@require_POST
def end_membership(request, public_id):
    rows = Membership.objects.filter(organisation__in=Organisation.objects.visible_to(request.user))
    membership = get_object_or_404(rows.select_related("organisation", "user"), public_id=public_id)
    is_me = membership.user_id == request.user.pk
    try:
        memberships.end(membership=membership, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, membership.organisation, refusal=refused)
    if is_me:
        messages.success(request, _("Vous avez quitté {name}.").format(name=membership.organisation.name))
        return redirect("accounts:me")
    messages.success(request, _("C’est fait. La personne est prévenue, et l’historique est gardé."))
    return redirect("accounts:organisation", membership.organisation.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def create_delegation(request):
    require(rules.can_create(request.user, Kind.DELEGATION))
    return _create(request, DelegationForm(request.POST if request.method == "POST" else None), Kind.DELEGATION)


@require_http_methods(["GET", "HEAD", "POST"])
def create_structure(request):
    require(rules.can_create(request.user, Kind.STRUCTURE))
    return _create(request, StructureForm(request.POST if request.method == "POST" else None), Kind.STRUCTURE)


def _create(request, form, kind):
    if form.is_valid():
        organisation = actions.create(kind=kind, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("C’est créé. Invitez maintenant la personne qui en sera responsable."))
        return redirect("accounts:organisation", organisation.public_id)
    context = {"form": form, "is_delegation": kind == Kind.DELEGATION}
    return render(request, "accounts/organisation_create.html", context, status=422 if form.errors else 200)


@require_POST
def cover(request, public_id):
    organisation, form = _find(request, public_id), CoverageForm(request.POST)
    require(rules.can_set_coverage(request.user, organisation))
    if not form.is_valid():
        return _page(request, organisation, coverage_form=form)
    try:
        actions.cover(delegation=organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        return _page(request, organisation, coverage_form=form, refusal=refused)
    messages.success(request, _("La délégation suit ce territoire."))
    return redirect("accounts:organisation", public_id)


@require_POST
def follow(request, public_id):
    organisation = _find(request, public_id)
    former = organisation.territory
    try:
        into = mergers.follow(organisation=organisation, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, organisation, refusal=refused)
    messages.success(
        request,
        _("{former} se poursuit avec {name}. Les personnes sont prévenues.").format(former=former, name=into.name),
    )
    return redirect("accounts:organisation", into.public_id)


@require_POST
def uncover(request, public_id, code):
    organisation = _find(request, public_id)
    today = timezone.localdate()
    rows = Coverage.objects.filter(delegation=organisation, territory__code=code).exclude(ends_on__lte=today)
    coverage = rows.order_by("starts_on").first()
    if coverage is None:
        messages.info(request, _("Ce territoire n’est déjà plus suivi."))
        return redirect("accounts:organisation", public_id)
    try:
        ends_on = max(today, coverage.starts_on)
        actions.uncover(coverage=coverage, ends_on=ends_on, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, organisation, refusal=refused)
    messages.success(request, _("La délégation ne suit plus ce territoire."))
    return redirect("accounts:organisation", public_id)


@require_safe
def coverage(request):
    require(rules.can_read_coverage(request.user))
    report = coverage_report(on=timezone.localdate())
    context = {
        "report": report,
        "none": [row for row in report if not row["delegations"]],
        "held": [row for row in report if row["delegations"]],
        "several": [row for row in report if len(row["delegations"]) > 1],
    }
    return render(request, "accounts/coverage.html", context)


def _find(request, public_id):
    rows = Organisation.objects.visible_to(request.user).select_related("territory")
    return get_object_or_404(rows, public_id=public_id)


def _page(request, organisation, *, invitation_form=None, coverage_form=None, refusal=None):
    today = timezone.localdate()
    user = request.user
    can_invite = invitation_rules.can_invite(user, organisation, next(iter(roles_of(organisation.kind))))
    is_ours = bool(standing(user).roles_in(organisation)) or standing(user).is_national_staff
    is_delegation = organisation.kind == Kind.DELEGATION
    ended = organisation.kind == Kind.COLLECTIVITE and organisation.territory.ended_on and not organisation.closed_on
    members = people_of(organisation, on=today)
    context = {
        "organisation": organisation,
        "members": [
            (m, membership_rules.can_end(user, m) if can_invite or m.user_id == user.pk else None) for m in members
        ],
        "past": past_people_of(organisation, on=today)[:50] if is_ours else [],
        "invitations": open_invitations(organisation) if can_invite else [],
        "invitation_form": invitation_form or InvitationForm(organisation=organisation),
        "roles": [(role, ROLES[role].allows) for role in roles_of(organisation.kind)],
        "can_invite": can_invite,
        "is_ours": is_ours,
        "is_delegation": is_delegation,
        "coverages": _coverages(organisation, today) if is_delegation else [],
        "coverage_form": coverage_form or CoverageForm(initial={"starts_on": today}),
        "successor": successor_of(organisation.territory) if ended else None,
        "territory_ended": ended,
        "can_follow": rules.can_follow(user, organisation) if ended else None,
        "can_cover": rules.can_set_coverage(user, organisation),
        "refusal": refusal,
        "now": timezone.now(),
    }
    wrong = refusal or (invitation_form and invitation_form.errors) or (coverage_form and coverage_form.errors)
    return render(request, "accounts/organisation.html", context, status=422 if wrong else 200)


def _coverages(organisation, today):
    rows = Coverage.objects.filter(delegation=organisation).exclude(ends_on__lte=today)
    return rows.select_related("territory").order_by("territory__code")
