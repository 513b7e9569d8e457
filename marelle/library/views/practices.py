"""Practices as anyone reads them: the list with its facets, the page; a town that takes one up; the person who is named
in one and says yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.queries import standing
from marelle.core.rules import Refused
from marelle.documents.spreadsheets import CSV, csv_of
from marelle.library.actions import practice_contacts, takings_up
from marelle.library.forms.practices import PracticeFilter, TakeUpForm
from marelle.library.models import Practice
from marelle.library.queries import contact_links
from marelle.library.queries import practices as queries
from marelle.library.queries.practice_lines import header, lines
from marelle.library.rules import practices as rules

PER_PAGE = 20


@login_not_required
@require_safe
def practices(request):
    """What towns did with children, to be done elsewhere."""
    asked = PracticeFilter(request.GET).asked
    rows = Practice.objects.public()
    found = queries.narrowed(rows, asked)
    page = Paginator(queries.listed(found).distinct(), PER_PAGE).get_page(request.GET.get("page"))
    facets = queries.facets(rows, asked)
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [(one, one.is_stale(today)) for one in page],
        "facets": facets,
        "asked": asked,
        "narrowed": any(asked.values()),
        "query": request.GET.urlencode(),
        "narrowing": [(name, one.label) for name, choices in facets.items() for one in choices if one.is_chosen],
        "can_follow": bool(rules.can_follow(request.user)),
        "can_review": bool(rules.can_review(request.user)),
        "can_propose": any(rules.can_propose(request.user, one) for one in standing(request.user).collectivites),
    }
    return render(request, "library/practices/list.html", context)


@login_not_required
@require_safe
def practices_csv(request):
    """The list as it is narrowed, for a spreadsheet."""
    found = queries.narrowed(Practice.objects.public(), PracticeFilter(request.GET).asked)
    rows = queries.listed(found).distinct().prefetch_related("articles")
    response = HttpResponse(csv_of(header(), lines(rows)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="pratiques-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


@login_not_required
@require_safe
def practice(request, public_id, slug):
    found = queries.page_of(public_id, Practice.objects.public())
    if found is None:
        raise Http404
    if found.slug != slug:
        return redirect(found, permanent=True)
    return _page(request, found)


@require_POST
def take_up(request, public_id):
    """One press: said in public, on both sides."""
    found = _public(public_id)
    form = TakeUpForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Le mot est trop long\u202f: 300 signes au plus."))
        takings_up.take_up(
            practice=found, organisation=_ours(request, form.cleaned_data["organisation"]),
            note=form.cleaned_data["note"], by=request.user, at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, found, refusal=refusal, note=request.POST.get("note", ""), status=409)
    messages.success(
        request, _("C’est dit\u202f: votre collectivité reprend cette pratique. Ses auteurs sont prévenus.")
    )
    return redirect(found)


@require_POST
def let_go(request, public_id):
    found = _public(public_id)
    try:
        takings_up.let_go(
            practice=found, organisation=_ours(request, request.POST.get("organisation", "")), by=request.user,
            at=timezone.now(),
        )  # fmt: skip
    except Refused as refusal:
        return _page(request, found, refusal=refusal, status=409)
    messages.success(request, _("C’est retiré\u202f: votre collectivité n’annonce plus reprendre cette pratique."))
    return redirect(found)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, token):
    """The person named says yes, or takes their name away: no account, one press."""
    found = contact_links.contact_of(token)
    if found is None:
        if not contact_links.is_ours(token):
            raise Http404
        return render(request, "library/practices/contact_gone.html")
    if request.method == "POST":
        at = timezone.now()
        if request.POST.get("answer") == "yes":
            practice_contacts.agree(contact=found, at=at)
            messages.success(request, _("Merci. Votre nom et votre adresse sont montrés avec la pratique."))
            return redirect("library:practice_contact", token)
        practice_contacts.withdraw(practice=found.practice, by=None, at=at, themselves=True)
        return redirect("library:practice_contact", token)
    return render(request, "library/practices/contact.html", {"contact": found, "practice": found.practice})


def _public(public_id):
    found = queries.page_of(public_id, Practice.objects.public())
    if found is None:
        raise Http404
    return found


def _ours(request, public_id):
    """One of the collectivités this person speaks for; somebody else's is nobody's."""
    return next((one for one in standing(request.user).collectivites if one.public_id == public_id), None)


def _page(request, found, *, refusal=None, note="", status=200):
    taken_by = {one.organisation_id for one in found.taken_up_by}
    ours = [
        (one, one.pk in taken_by)
        for one in standing(request.user).collectivites
        if one.pk != found.organisation_id
    ]  # fmt: skip
    context = {
        **shown(found, found),
        "ours": ours,
        "form": TakeUpForm(initial={"note": note}),
        "refusal": refusal,
        "can_work": Practice.objects.worked_on_by(request.user).filter(pk=found.pk).exists()
        if request.user.is_authenticated
        else False,
    }
    return render(request, "library/practices/page.html", context, status=status)


def shown(practice: Practice, text: Practice) -> dict:
    """What the public page shows of a text of this practice: the same for everybody and for the preview."""
    contact = getattr(practice, "contact", None)
    return {
        "practice": practice,
        "text": text,
        "takings": practice.taken_up_by,
        "contact": contact if contact and contact.agreed_at else None,
        "is_stale": practice.is_stale(timezone.localdate()),
    }
