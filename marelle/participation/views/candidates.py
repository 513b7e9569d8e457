"""Candidates' cards: written by an adult before the vote; on the wall, on paper; and the paper of the count."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.typesetting import pdf
from marelle.participation.actions import candidates as actions
from marelle.participation.actions import elections as election_actions
from marelle.participation.enums import ElectionState
from marelle.participation.forms.elections import CandidateForm
from marelle.participation.models import Candidate, Election
from marelle.participation.queries import election_papers as papers
from marelle.participation.rules import elections as rules
from marelle.ui import pictograms

from .elections import find, work_page


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, public_id):
    found = find(request, public_id)
    form, refusal = CandidateForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            one = actions.add(election=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("La candidature de %(name)s est inscrite.") % {"name": one.first_name})
            if "encore" in request.POST:
                return redirect("participation:candidate_add", public_id)
            return redirect("participation:election", public_id)
    return _form_page(request, found, form, None, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, public_id, key):
    one = _find(request, public_id, key)
    form, refusal = CandidateForm.of(one), None
    if request.method == "POST":
        form = CandidateForm(request.POST)
        if form.is_valid():
            try:
                actions.change(candidate=one, **form.cleaned_data, by=request.user, at=timezone.now())
            except Refused as refused:
                refusal = refused
            else:
                messages.success(request, _("C’est enregistré."))
                return redirect("participation:election", public_id)
    return _form_page(request, one.election, form, one, refusal)


@require_POST
def remove(request, public_id, key):
    one = _find(request, public_id, key)
    return _done(request, one, actions.remove, _("La candidature est supprimée. Rien n’en est gardé."))


@require_POST
def withdraw(request, public_id, key):
    one = _find(request, public_id, key)
    return _done(
        request,
        one,
        actions.withdraw,
        _("C’est noté\u202f: sa carte n’est plus montrée, et il ou elle ne sera pas élu·e."),
    )


@require_safe
def cards(request, public_id):
    """For the school's wall: four cards a page."""
    found = _seen(request, public_id)
    content = pdf("participation/typst/cards.typ", papers.cards(found), title=found.title)
    return _download(content, "candidats-a-afficher.pdf")


@require_safe
def ballot(request, public_id):
    """The paper ballot, black on white."""
    found = _seen(request, public_id)
    content = pdf("participation/typst/ballot.typ", papers.ballot(found), title=found.title)
    return _download(content, "bulletin-de-vote.pdf")


@require_POST
def minutes(request, public_id):
    """The *procès-verbal*, with all the voices. A POST: read before the announcement, it is written down."""
    found = find(request, public_id)
    try:
        count = election_actions.read_counts(election=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return work_page(request, found, refusal=refused)
    found.refresh_from_db()
    data = papers.minutes(found, count, str(request.user), timezone.now())
    content = pdf("participation/typst/minutes.typ", data, title=_("Procès-verbal de l’élection"))
    return _download(content, "proces-verbal.pdf")


def _seen(request, public_id) -> Election:
    """Whoever prepares it; whoever opens a class, once the vote is open."""
    rows = Election.objects.visible_to(request.user).select_related("council__organisation__territory", "box")
    found = get_object_or_404(rows.prefetch_related("candidates"), public_id=public_id)
    helps = found.state == ElectionState.OPEN and rules.organisations_for(request.user, found)
    if not rules.can_tend(request.user, found) and not helps:
        raise Http404
    return found


def _find(request, public_id, key) -> Candidate:
    rows = Candidate.objects.filter(election__in=Election.objects.tended_by(request.user))
    rows = rows.select_related("election__council__organisation__territory", "election__box")
    return get_object_or_404(rows, election__public_id=public_id, key=key)


def _form_page(request, election, form, candidate, refusal):
    context = {
        "election": election,
        "council": election.council,
        "form": form,
        "candidate": candidate,
        "can_prepare": rules.can_prepare(request.user, election),
        "drawings": [one for one in pictograms.load().values() if one.category in {"animals", "animaux"}][:24],
        "refusal": refusal,
    }
    return render(request, "participation/elections/candidate.html", context, status=422 if form.errors else 200)


def _done(request, one: Candidate, action, words):
    try:
        action(candidate=one, by=request.user, at=timezone.now())
    except Refused as refused:
        return work_page(request, one.election, refusal=refused)
    messages.success(request, words)
    return redirect("participation:election", one.election.public_id)


def _download(content, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
