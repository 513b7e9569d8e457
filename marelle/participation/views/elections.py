"""An election: prepared, opened, followed, closed, counted, announced; those elected take their seat."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused
from marelle.participation.actions import elections as actions
from marelle.participation.enums import ElectionState
from marelle.participation.forms.elections import ClassForm, ElectionForm, InstallForm, LotsForm
from marelle.participation.models import Election
from marelle.participation.queries import elections as queries
from marelle.participation.rules import elections as rules

from .councils import find as find_council


@require_http_methods(["GET", "HEAD", "POST"])
def create(request, public_id):
    council = find_council(request, public_id)
    today = timezone.localdate()
    initial = {"votes_each": 1, "starts_on": today, "title": _("Élection du conseil")}
    form, refusal = ElectionForm(request.POST if request.method == "POST" else None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create(council=council, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("L’élection est préparée. Inscrivez maintenant les candidatures."))
            return redirect("participation:election", made.public_id)
    can_create = rules.can_create(request.user, council)
    context = {"council": council, "form": form, "can_create": can_create, "refusal": refusal}
    return render(request, "participation/elections/create.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def election(request, public_id):
    """Those who look after it, those who help, the public once it is announced: each their page."""
    found = _find(Election.objects.visible_to(request.user), public_id)
    if "public" not in request.GET and rules.can_tend(request.user, found):
        return work_page(request, found)
    if found.state == ElectionState.ANNOUNCED:
        unnamed = queries.unnamed(found, on=timezone.localdate())
        context = {"election": found, "council": found.council, "count": queries.count(found), "unnamed": unnamed}
        return render(request, "participation/elections/result.html", context)
    return _helper_page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, public_id):
    found = find(request, public_id)
    form = ElectionForm(request.POST) if request.method == "POST" else ElectionForm.of(found)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(election=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("participation:election", public_id)
    can_change = rules.can_prepare(request.user, found)
    context = {
        "election": found, "council": found.council, "form": form, "can_change": can_change, "refusal": refusal
    }  # fmt: skip
    return render(request, "participation/elections/change.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request, public_id):
    found = find(request, public_id)
    council = found.council
    try:
        actions.drop(election=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return work_page(request, found, refusal=refused)
    messages.success(request, _("L’élection en préparation est abandonnée. Rien n’en est gardé."))
    return redirect("participation:council", council.public_id)


@require_POST
def open_vote(request, public_id):
    return _act(
        request, public_id, actions.open_vote, _("Le vote est ouvert. Ouvrez maintenant le vote de chaque classe.")
    )


@require_POST
def close(request, public_id):
    return _act(
        request, public_id, actions.close, _("Le vote est clos et compté. Le résultat reste secret jusqu’à l’annonce.")
    )


@require_POST
def announce(request, public_id):
    return _act(
        request, public_id, actions.announce, _("Le résultat est annoncé. Les adultes des classes sont prévenus.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def open_class(request, public_id):
    """The vote of one class, by its school or by the collectivité."""
    found = _find(Election.objects.visible_to(request.user), public_id)
    today = timezone.localdate()
    organisations = rules.organisations_for(request.user, found)
    form = ClassForm(request.POST if request.method == "POST" else None, organisations=organisations)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            session = actions.open_class(election=found, **form.chosen, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Le vote de %(group)s est ouvert.") % {"group": session.title})
            return redirect("participation:session", session.public_id)
    context = {
        "election": found,
        "council": found.council,
        "form": form,
        "can_open": rules.can_open_class(request.user, found, on=today),
        "refusal": refusal,
    }
    return render(request, "participation/elections/class.html", context, status=422 if form.errors else 200)


@require_POST
def read_counts(request, public_id):
    """The table, before the announcement or after. A POST: reading early is written down."""
    found = find(request, public_id)
    try:
        count = actions.read_counts(election=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return work_page(request, found, refusal=refused)
    context = {"election": found, "council": found.council, "count": count}
    return render(request, "participation/elections/counts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lots(request, public_id):
    """Those who came level, and what the lots gave."""
    found = find(request, public_id)
    can_draw = rules.can_draw(request.user, found)
    outcome = queries.outcome(found) if can_draw else None
    tied = queries.tied(found) if can_draw else []
    initial = {"drawn_on": found.drawn_on or timezone.localdate(), "drawn": [one.key for one in tied if one.is_drawn]}
    form = LotsForm(request.POST if request.method == "POST" else None, tied=tied, initial=initial)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.draw_lots(election=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Le tirage au sort est noté. Vous pouvez annoncer le résultat."))
            return redirect("participation:election", public_id)
    context = {
        "election": found,
        "council": found.council,
        "form": form,
        "can_draw": can_draw,
        "outcome": outcome,
        "refusal": refusal,
    }
    return render(request, "participation/elections/lots.html", context, status=422 if form.errors else 200)


@require_POST
def install(request, public_id):
    found = find(request, public_id)
    form = InstallForm(request.POST, terms=_terms(found))
    if not form.is_valid():
        return work_page(request, found, installing=form, status=422)
    try:
        term = form.terms[form.cleaned_data["term"]]
        made = actions.install(election=found, term=term, by=request.user, at=timezone.now())
    except Refused as refused:
        return work_page(request, found, refusal=refused)
    messages.success(
        request, _("%(count)s élu·es inscrits. Ils siégeront quand leurs accords seront signés.") % {"count": len(made)}
    )
    return redirect("participation:council", found.council.public_id)


def find(request, public_id) -> Election:
    return _find(Election.objects.tended_by(request.user), public_id)


def work_page(request, found: Election, *, refusal=None, installing=None, status=200):
    found = _find(Election.objects.all(), found.public_id)
    user, today = request.user, timezone.localdate()
    is_over = found.state in {ElectionState.COUNTED, ElectionState.ANNOUNCED}
    outcome = queries.outcome(found) if found.state == ElectionState.COUNTED else None
    classes = queries.classes(found)
    terms = _terms(found)
    to_come = [one for one in terms if one.ends_on >= today]
    context = {
        "election": found,
        "council": found.council,
        "candidates": found.candidates.all(),
        "missing": rules.missing(found, queries.standing_candidates(found))
        if found.state == ElectionState.DRAFT
        else [],
        "classes": classes,
        "roll": sum(statement.roll or 0 for _session, statement in classes),
        "answered": sum(statement.answered for _session, statement in classes),
        "is_over": is_over,
        "outcome": outcome,
        "count": queries.count(found) if found.state == ElectionState.ANNOUNCED else None,
        "to_install": queries.to_install(found).count() if found.state == ElectionState.ANNOUNCED else 0,
        "installing": installing or (InstallForm(terms=to_come) if to_come else None),
        "can_prepare": rules.can_prepare(user, found),
        "can_open": rules.can_open(user, found),
        "can_open_class": rules.can_open_class(user, found, on=today),
        "can_close": rules.can_close(user, found),
        "can_read": rules.can_read_counts(user, found),
        "can_announce": rules.can_announce(user, found) if is_over else None,
        "refusal": refusal,
    }
    return render(request, "participation/elections/election.html", context, status=status)


def _helper_page(request, found: Election):
    """A teacher of the town: the cards to show the class, their own classes, and the door to open one."""
    mine = rules.organisations_for(request.user, found)
    context = {
        "election": found,
        "council": found.council,
        "candidates": queries.standing_candidates(found),
        "classes": [(s, n) for s, n in queries.classes(found) if s.organisation in mine],
        "can_open_class": rules.can_open_class(request.user, found, on=timezone.localdate()),
    }
    return render(request, "participation/elections/helper.html", context)


def _find(rows, public_id) -> Election:
    rows = rows.select_related("council__organisation__territory", "box").prefetch_related("candidates")
    return get_object_or_404(rows, public_id=public_id)


def _terms(found: Election):
    return list(found.council.terms.all())


def _act(request, public_id, action, words):
    found = find(request, public_id)
    try:
        action(election=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return work_page(request, found, refusal=refused)
    messages.success(request, words)
    return redirect("participation:election", public_id)
