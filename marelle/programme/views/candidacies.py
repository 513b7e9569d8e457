"""Pages of a candidacy: declare the intention, see where it stands, confirm, give time, withdraw."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.enums import SUBMITS_FILE
from marelle.accounts.queries import standing
from marelle.core.rules import Refused
from marelle.programme.actions import candidacies as actions
from marelle.programme.enums import Move, RouteKind, Status
from marelle.programme.forms.candidacies import DeadlineForm, IntentionForm, ReasonForm
from marelle.programme.models import Candidacy, RouteVersion
from marelle.programme.queries import candidacies as queries
from marelle.programme.queries.decisions import AWARDING
from marelle.programme.queries.hats import hats
from marelle.programme.queries.titles import fee, title_of
from marelle.programme.rules import candidacies as rules
from marelle.programme.rules.decisions import can_reschedule
from marelle.programme.rules.files import can_write
from marelle.programme.rules.moves import can_move, moves
from marelle.programme.rules.titles import can_bring_papers

from .doors import Door, doors, in_order, rooms
from .finding import candidacy_or_404, theirs_or_403


@require_http_methods(["GET", "HEAD", "POST"])
def intention(request: HttpRequest) -> HttpResponse:
    """Declare an intention: for the person's own collectivité, in a few words."""
    who = standing(request.user)
    organisations = [one for one in who.collectivites if who.has_role_in(one, SUBMITS_FILE)]
    version = RouteVersion.objects.in_force(RouteKind.TITLED, on=timezone.localdate())
    if version is None or not organisations:
        return render(request, "programme/intention_not_open.html", {"version": version})
    answers = {one: rules.can_open(request.user, one, version, timezone.now()) for one in organisations}
    able = [one for one in organisations if answers[one]]
    form = IntentionForm(request.POST or None, organisations=able or organisations)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            candidacy = actions.open_intention(
                organisation=form.chosen_organisation, version=version, intention=form.cleaned_data["intention"],
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Votre intention est enregistrée. L’équipe nationale va la confirmer."))
            return redirect("programme:candidacy", candidacy.public_id)
    held = [
        {"organisation": one, "reason": answers[one].reason, "candidacy": queries.open_candidacy(one, version)}
        for one in organisations
        if not answers[one]
    ]
    fees = [(one, version.definition.fee_for(one.territory.population)) for one in able if version.definition.fees]
    context = {
        "fees": fees,
        "form": form,
        "version": version,
        "definition": version.definition,
        "able": able,
        "held": held,
    }
    return render(request, "programme/intention.html", context | {"refusal": refusal})


@require_safe
def candidacy(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, candidacy_or_404(request, public_id))


@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    found = candidacy_or_404(request, public_id)
    try:
        actions.confirm(candidacy=found, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, candidacy_or_404(request, public_id), refusal)
    messages.success(request, _("L’intention est confirmée. La collectivité est prévenue."))
    return redirect("programme:candidacy", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def abandon(request: HttpRequest, public_id: str) -> HttpResponse:
    found = candidacy_or_404(request, public_id)
    form, refusal = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.abandon(candidacy=found, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("La candidature est retirée."))
            return redirect("programme:candidacy", public_id)
    allowed = theirs_or_403(can_move(request.user, found, Move.ABANDON))
    context = {"candidacy": found, "form": form, "refusal": refusal, "allowed": allowed}
    return render(request, "programme/abandon.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    found = candidacy_or_404(request, public_id)
    form, refusal = DeadlineForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend_deadline(
                candidacy=found, due_at=form.due_at, reason=form.cleaned_data["reason"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("L’échéance est reportée. La collectivité est prévenue."))
            return redirect("programme:candidacy", public_id)
    allowed = theirs_or_403(rules.can_extend(request.user, found))
    context = {"candidacy": found, "form": form, "refusal": refusal, "allowed": allowed}
    return render(request, "programme/extend.html", context)


def _page(request: HttpRequest, candidacy: Candidacy, refusal: Refused | None = None) -> HttpResponse:
    worn = hats(request.user, candidacy)
    title = title_of(candidacy)
    now, later = doors(candidacy, moves(request.user, candidacy), title and title.public_id)
    can_extend = rules.can_extend(request.user, candidacy)
    if can_extend:
        url = reverse("programme:extend", args=[candidacy.public_id])
        now.append(Door(_("Reporter l’échéance"), url, "calendar-clock", "calm", can_extend))
    if can_reschedule(request.user, candidacy):
        url = reverse("programme:commission", args=[candidacy.public_id])
        now.append(Door(_("Changer la date de la commission"), url, "calendar-clock", "calm", True))
    now += _work(request, candidacy, is_first=not any(door.kind == "primary" for door in now))
    decided = candidacy.decisions.order_by("-recorded_at").first()
    closed = set() if worn.is_team else {"programme:review"}
    if decided is None:
        closed.add("programme:decision")
    if decided is None or decided.outcome not in AWARDING:
        closed.add("programme:papers")
    context = {
        "candidacy": candidacy,
        "definition": candidacy.version.definition,
        "fee": fee(candidacy),
        "status_kind": STATUS_KINDS.get(candidacy.status, ""),
        "way": [_thread(stage) for stage in queries.way(candidacy)],
        "dates": queries.next_dates(candidacy),
        "history": queries.history(candidacy, for_team=worn.is_team),
        "doors": in_order(now),
        "later": later,
        "rooms": rooms(candidacy, closed=closed),
        "refusal": refusal,
    }
    return render(request, "programme/candidacy.html", context)


def _work(request: HttpRequest, candidacy: Candidacy, *, is_first: bool) -> list[Door]:
    """What the state calls for between two moves: write the file, keep promises, bring papers."""
    if can_write(request.user, candidacy):
        label, name, icon = _("Remplir le dossier"), "programme:file", "pencil"
    elif can_bring_papers(request.user, candidacy):
        label, name, icon = _("Réunir les pièces du titre"), "programme:papers", "scroll-text"
    elif candidacy.status == Status.PROBATION:
        label, name, icon = _("Voir les engagements à tenir"), "programme:decision", "list-checks"
    else:
        return []
    url = reverse(name, args=[candidacy.public_id])
    return [Door(label, url, icon, "primary" if is_first else "calm", True)]


STATUS_KINDS = {
    Status.CORRECTION: "warn", Status.PROBATION: "warn", Status.AWARDED: "ok", Status.TITLED: "ok",
    Status.REFUSED: "bad", Status.TITLE_WITHDRAWN: "bad",
}  # fmt: skip


def _thread(stage: queries.Stage) -> dict[str, object]:
    text = {"done": _("fait"), "current": _("vous en êtes là"), "later": _("plus tard")}[stage.state]
    return {"title": stage.name, "text": text, "square": "join", "done": stage.state != "later"}
