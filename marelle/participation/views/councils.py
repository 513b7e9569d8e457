"""Councils: the list, the public page, the page of those who look after one, its list taken out, its consent form."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.spreadsheets import CSV, XLSX, csv_of, xlsx_of
from marelle.documents.typesetting import pdf
from marelle.participation.actions import councils as actions
from marelle.participation.forms.councils import CouncilForm, ExportForm
from marelle.participation.models import Council
from marelle.participation.queries import councils as queries
from marelle.participation.queries.council_papers import HEADER, REMINDER, consent_form, list_rows
from marelle.participation.rules import councils as rules
from marelle.participation.rules import elections as election_rules

PER_PAGE = 24


@login_not_required
@require_safe
def index(request):
    """Mine, for those who look after one; those with a public page, for everyone."""
    today = timezone.localdate()
    text = request.GET.get("q", "").strip()[:80].replace("\0", "")
    page = Paginator(queries.public(text), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "mine": queries.rows(queries.mine(request.user), on=today),
        "houses": rules.houses(request.user),
        "page": page,
        "rows": queries.rows(page.object_list, on=today),
        "text": text,
    }
    return render(request, "participation/councils/index.html", context)


@login_not_required
@require_safe
def council(request, public_id):
    """Those who look after it work here; everyone else reads its public page, if it has one."""
    if "public" not in request.GET:
        found = Council.objects.visible_to(request.user).filter(public_id=public_id).first()
        if found:
            return work_page(request, found)
    found = get_object_or_404(Council.objects.public().select_related("organisation__territory"), public_id=public_id)
    today = timezone.localdate()
    term = queries.term_of(found, on=today)
    seats = queries.seats(term, on=today) if term else []
    context = {
        "council": found,
        "term": term,
        "is_over": term is not None and term.ends_on < today,
        "sitting": sum(seat.sits for seat in seats),
        "first_names": sorted(seat.member.first_name for seat in seats if seat.is_public),
        "proposals": [{"row": one, "url": _proposal_url(one)} for one in queries.proposals(found)],
        "elections": found.elections.filter(announced_at__isnull=False),
        "tends": bool(rules.can_tend(request.user, found)),
    }
    return render(request, "participation/councils/public.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    """A council, for one's own collectivité: which is asked only of those who have several."""
    houses = rules.houses(request.user)
    if not houses:
        raise Http404
    wanted = request.POST.get("pour") or request.GET.get("pour") or houses[0].public_id
    house = next((one for one in houses if one.public_id == wanted), None)
    if house is None:
        raise Http404
    form, refusal = CouncilForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create(organisation=house, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Le conseil est créé. Donnez maintenant les dates du mandat."))
            return redirect("participation:council_term_start", made.public_id)
    context = {"form": form, "house": house, "houses": houses, "refusal": refusal}
    return render(request, "participation/councils/create.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, public_id):
    found = find(request, public_id)
    form = CouncilForm(request.POST) if request.method == "POST" else CouncilForm.of(found)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(council=found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("participation:council", public_id)
    context = {"form": form, "council": found, "refusal": refusal}
    return render(request, "participation/councils/change.html", context, status=422 if form.errors else 200)


@require_POST
def end(request, public_id):
    found = find(request, public_id)
    try:
        actions.end(council=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return work_page(request, found, refusal=refused)
    messages.success(request, _("Le conseil a pris fin aujourd’hui. Vous pouvez le rouvrir sur cette page."))
    return redirect("participation:council", public_id)


@require_POST
def revive(request, public_id):
    found = find(request, public_id)
    try:
        actions.revive(council=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return work_page(request, found, refusal=refused)
    messages.success(request, _("Le conseil est rouvert."))
    return redirect("participation:council", public_id)


@require_POST
def take_out(request, public_id):
    """The list of the term as a file, with the reminder of what it is. The log keeps that it was taken."""
    found = find(request, public_id)
    now = timezone.now()
    term = queries.term_of(found, on=timezone.localdate(now))
    form = ExportForm(request.POST)
    if term is None or not form.is_valid():
        return work_page(request, found, refusal=_("Choisissez un format\u202f: XLSX ou CSV."), status=422)
    kind = form.cleaned_data["format"]
    seats = actions.take_out_list(term=term, form=kind, by=request.user, at=now)
    rows, header = list_rows(seats), [str(one) for one in HEADER]
    if kind == "csv":
        content, mime = csv_of(header, [*rows, [], [str(REMINDER)]]), CSV
    else:
        sheets = [(_("Membres"), header, rows), (_("À lire"), [_("Données personnelles d’enfants")], [[str(REMINDER)]])]
        content, mime = xlsx_of(sheets), XLSX
    return _download(content, mime, f"membres-{timezone.localdate(now):%Y-%m-%d}.{kind}")


@require_safe
def consent_paper(request, public_id):
    """The paper that a child and their guardians sign, both consents apart."""
    found = find(request, public_id)
    term = queries.term_of(found, on=timezone.localdate())
    title = _("Accord pour participer")
    content = pdf("participation/typst/consent.typ", consent_form(found, term), title=title)
    return _download(content, "application/pdf", "accord-a-signer.pdf")


def find(request, public_id) -> Council:
    return get_object_or_404(
        Council.objects.visible_to(request.user).select_related("organisation__territory"), public_id=public_id
    )


def work_page(request, council, *, refusal=None, status=200):
    council = Council.objects.select_related("organisation__territory").get(pk=council.pk)
    today = timezone.localdate()
    terms = list(council.terms.all())
    term = queries.term_of(council, on=today)
    wanted = request.GET.get("mandat", "")
    term = next((one for one in terms if one.public_id == wanted), term)
    if term:
        term.council = council
    seats = queries.seats(term, on=today) if term else []
    context = {
        "council": council,
        "term": term,
        "terms": terms,
        "is_over": term is not None and term.ends_on < today,
        "before": next((one for one in terms if term and one.starts_on < term.starts_on), None),
        "seats": seats,
        "present": sum(seat.place != queries.Place.LEFT for seat in seats),
        "to_renew": queries.to_renew(seats),
        "balance": queries.balance(council, term, seats) if term else None,
        "asks_balance": rules.asks_balance(council),
        "open_proposals": [{"row": one, "url": _proposal_url(one)} for one in queries.open_proposals(council)],
        "elections": council.elections.order_by("-starts_on", "-pk"),
        "can_start_term": rules.can_start_term(request.user, council),
        "can_add": rules.can_add_member(request.user, term, on=today) if term else None,
        "can_end": rules.can_end(request.user, council),
        "can_revive": rules.can_revive(request.user, council),
        "can_elect": election_rules.can_create(request.user, council),
        "refusal": refusal,
    }
    return render(request, "participation/councils/council.html", context, status=status)


def _proposal_url(proposal) -> str:
    try:
        return reverse("participation:proposal", args=[proposal.public_id])
    except NoReverseMatch:
        return ""


def _download(content, mime, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=mime, headers=headers)
