"""Who follows which file: giving, changing, taking over, giving back."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from django.contrib import messages as flash
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from marelle.accounts.queries import standing
from marelle.core.rules import NotNow, Refused, require
from marelle.programme.actions import assignments as actions
from marelle.programme.forms.instruction import AssignForm, FollowersForm, TakeoverForm
from marelle.programme.models import Candidacy
from marelle.programme.queries import assignments as queries
from marelle.programme.rules import assignments as rules

from .review import found

TAKEOVERS_SHOWN = timedelta(days=90)


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: HttpRequest) -> HttpResponse:
    """Open files that nobody follows, by département; several are given at once."""
    _members_only(rules.can_assign_files(request.user))
    waiting = (
        Candidacy.objects.visible_to(request.user)
        .open()
        .filter(adviser__isnull=True)
        .select_related("territory__departement", "delegation", "route", "version")
        .order_by("territory__departement__code", "territory__name", "pk")
    )
    form = AssignForm(request.POST or None, candidacies=waiting, advisers=queries.advisers(timezone.localdate()))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.assign(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as error:
            refusal = error
        else:
            words = ngettext(
                "%(count)d dossier confié à %(person)s.", "%(count)d dossiers confiés à %(person)s.", len(given)
            )
            flash.success(request, words % {"count": len(given), "person": form.cleaned_data["adviser"]})
            return redirect("programme:assignments")
    chosen = set(request.POST.getlist("candidacies"))
    groups = [
        (departement, [(one, one.public_id in chosen) for one in rows])
        for departement, rows in groupby(waiting, key=lambda one: one.territory.departement)
    ]
    context = {"form": form, "groups": groups, "refusal": refusal}
    return render(request, "programme/review/assignments.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def followers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who follows one file: its adviser and its delegation."""
    candidacy = found(request, public_id)
    allowed = rules.can_assign(request.user, candidacy)
    _members_only(allowed)
    today = timezone.localdate()
    delegations = queries.delegations_of(candidacy.territory, today)
    form = FollowersForm(
        request.POST or None, advisers=queries.advisers(today), delegations=delegations,
        initial={
            "adviser": candidacy.adviser and candidacy.adviser.public_id,
            "delegation": candidacy.delegation and candidacy.delegation.public_id,
        },
    )  # fmt: skip
    refusal = None if allowed else allowed
    if request.method == "POST" and form.is_valid():
        try:
            actions.follow(candidacy=candidacy, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as error:
            refusal = error
        else:
            flash.success(request, _("C’est enregistré."))
            return redirect("programme:review", public_id)
    context = {
        "candidacy": candidacy, "form": form, "refusal": refusal, "allowed": allowed, "delegations": delegations,
    }  # fmt: skip
    return render(request, "programme/review/followers.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def takeover(request: HttpRequest) -> HttpResponse:
    """« Reprendre les dossiers d’une collègue »: choose who is away, see their files, take them all in one act."""
    who = standing(request.user)
    if not who.is_national_staff:
        raise PermissionDenied(_("La reprise de dossiers revient à l’équipe nationale."))
    data = request.POST if request.method == "POST" else request.GET or None
    absents = queries.followers()
    takers = queries.advisers(timezone.localdate())
    if not who.is_manager:
        takers, absents = takers.filter(pk=request.user.pk), absents.exclude(pk=request.user.pk)
    asked = (data or {}).get("absent", "").replace("\0", "")
    absent = absents.filter(public_id=asked).first() if asked else None
    files = (
        Candidacy.objects.visible_to(request.user).open().filter(adviser=absent) if absent else Candidacy.objects.none()
    )
    files = files.select_related("territory__departement", "version").order_by("territory__name", "pk")
    form = TakeoverForm(
        request.POST if request.method == "POST" else None, absents=absents, takers=takers, candidacies=files,
        initial={"absent": absent and absent.public_id, "taker": request.user.public_id},
    )  # fmt: skip
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            act, left = actions.take_over(
                absent=form.cleaned_data["absent"], taker=form.cleaned_data["taker"],
                candidacies=form.cleaned_data["candidacies"] or None, by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refused as error:
            refusal = error
        else:
            _say(request, act, left)
            return redirect("programme:takeover")
    acts = [
        (act, rules.can_take_back(request.user, act.absent, act.taker))
        for act in queries.takeovers(timezone.now() - TAKEOVERS_SHOWN)
    ]
    chosen = set(request.POST.getlist("candidacies")) if request.method == "POST" else {one.public_id for one in files}
    context = {
        "form": form, "absent": absent, "files": [(one, one.public_id in chosen) for one in files],
        "acts": acts, "refusal": refusal,
    }  # fmt: skip
    return render(request, "programme/review/takeover.html", context, status=422 if form.errors else 200)


def _say(request: HttpRequest, act: queries.Takeover | None, left: list[Candidacy]) -> None:
    if act:
        words = ngettext(
            "%(count)d dossier repris par %(person)s.", "%(count)d dossiers repris par %(person)s.", len(act.moved)
        )
        flash.success(request, words % {"count": len(act.moved), "person": act.taker})
    if left:
        flash.warning(
            request,
            _("Non repris, à cause d’un lien déclaré avec la collectivité : %(names)s.")
            % {"names": ", ".join(str(one.territory) for one in left)},
        )


@require_POST
def take_back(request: HttpRequest, batch: str) -> HttpResponse:
    if not standing(request.user).is_national_staff:
        raise PermissionDenied
    if queries.takeover(batch) is None:
        raise Http404
    try:
        back = actions.take_back(batch=batch, by=request.user, at=timezone.now())
    except Refused as refusal:
        flash.warning(request, refusal.reason)
    else:
        words = ngettext("%(count)d dossier rendu.", "%(count)d dossiers rendus.", len(back))
        flash.success(request, words % {"count": len(back)})
    return redirect("programme:takeover")


def _members_only(answer) -> None:
    """A page whose rule says « not now » still opens, and says why; « not yours » is a 403."""
    if not answer and not isinstance(answer, NotNow):
        require(answer)
