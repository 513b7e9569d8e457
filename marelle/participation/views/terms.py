"""Terms of a council: one begins with what the last hands over."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marelle.core.rules import Refused
from marelle.participation.actions import terms as actions
from marelle.participation.forms.councils import TermChangeForm, TermForm
from marelle.participation.models import Council, Term
from marelle.participation.queries import councils as queries
from marelle.participation.rules import councils as rules

from .councils import find


@require_http_methods(["GET", "HEAD", "POST"])
def start(request, public_id):
    """The days; and when there was a term before: what it leaves, its open proposals, who goes on."""
    council = find(request, public_id)
    today = timezone.localdate()
    last = council.terms.first()
    present = [seat.member for seat in queries.seats(last, on=today) if not seat.member.left_on] if last else []
    present = [member for member in present if member.first_name]
    initial = {
        "starts_on": last.ends_on + timedelta(days=1) if last else today,
        "handover": last.handover if last else "",
    }
    form = TermForm(request.POST if request.method == "POST" else None, initial=initial, last=last, members=present)
    refusal = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.start(
                council=council, starts_on=data["starts_on"], ends_on=data["ends_on"],
                handover=data.get("handover", ""), staying=form.chosen, by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            refusal = refused
        except IntegrityError:  # A colleague opened the same one in the same second.
            refusal = Refused(_("Un mandat qui commence ce jour-là vient d’être ouvert."))
        else:
            messages.success(request, _("Le mandat est ouvert. Inscrivez maintenant ses membres."))
            return redirect("participation:council", public_id)
    context = {
        "council": council,
        "last": last,
        "form": form,
        "open_proposals": queries.open_proposals(council) if last else [],
        "can_start": rules.can_start_term(request.user, council),
        "refusal": refusal,
    }
    return render(request, "participation/councils/term_start.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, public_id):
    term = find_term(request, public_id)
    form = TermChangeForm(request.POST, council=term.council) if request.method == "POST" else TermChangeForm.of(term)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(term=term, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("participation:council", term.council.public_id)
    context = {"term": term, "council": term.council, "form": form, "refusal": refusal}
    return render(request, "participation/councils/term_change.html", context, status=422 if form.errors else 200)


def find_term(request, public_id) -> Term:
    rows = Term.objects.filter(council__in=Council.objects.visible_to(request.user))
    term = get_object_or_404(rows.select_related("council__organisation__territory"), public_id=public_id)
    if not rules.can_change_term(request.user, term):
        raise Http404
    return term
