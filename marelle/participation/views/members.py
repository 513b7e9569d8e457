"""A member of a council: recorded, corrected, gone, back, erased; and the consents of the family."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.core.rules import Refused
from marelle.documents.checks import UploadRefused
from marelle.documents.responses import serve
from marelle.participation.actions import consents
from marelle.participation.actions import members as actions
from marelle.participation.forms.councils import ConsentForm, LeaveForm, MemberForm
from marelle.participation.models import Consent, Council, Member
from marelle.participation.queries import councils as queries
from marelle.participation.rules import councils as rules

from .terms import find_term


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, public_id):
    """One child after another: « enregistrer et inscrire un autre » keeps the school and the day."""
    term = find_term(request, public_id)
    today = timezone.localdate()
    day = min(max(term.starts_on, today), term.ends_on)
    initial = {"joined_on": day, "school": request.GET.get("ecole", "")[:120].replace("\0", "")}
    form, refusal = MemberForm(request.POST if request.method == "POST" else None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            member = actions.add(term=term, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            messages.success(
                request,
                _("%(name)s est sur la liste. Il reste à noter l’accord signé pour qu’il ou elle siège.")
                % {"name": member.first_name},
            )
            if "encore" in request.POST:
                return redirect("participation:member_add", term.public_id)
            return redirect("participation:member", member.public_id)
    context = {
        "term": term,
        "council": term.council,
        "form": form,
        "can_add": rules.can_add_member(request.user, term, on=today),
        "refusal": refusal,
    }
    return render(request, "participation/councils/member_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request, public_id):
    found = find_member(request, public_id)
    if request.method != "POST":
        return _page(request, found)
    form = MemberForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        actions.change(member=found, **form.cleaned_data, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, found, form=form, refusal=refused)
    messages.success(request, _("C’est enregistré."))
    return redirect("participation:member", public_id)


@require_POST
def leave(request, public_id):
    found = find_member(request, public_id)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _page(request, found, leaving=form, status=422)
    try:
        actions.leave(member=found, left_on=form.cleaned_data["left_on"], by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, found, leaving=form, refusal=refused)
    messages.success(request, _("Le départ est noté. Vous pouvez l’annuler sur cette page."))
    return redirect("participation:member", public_id)


@require_POST
def come_back(request, public_id):
    found = find_member(request, public_id)
    return _done(
        request,
        found,
        lambda: actions.come_back(member=found, by=request.user, at=timezone.now()),
        _("Le retour est noté."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request, public_id):
    """Two ways that do not come back: a row typed by mistake, or what the family asks to erase."""
    found = find_member(request, public_id)
    now = timezone.now()
    context = {
        "member": found,
        "council": found.term.council,
        "can_erase": rules.can_erase(request.user, found, at=now),
        "can_forget": rules.can_forget(request.user, found),
        "refusal": None,
    }
    if request.method == "POST":
        try:
            if request.POST.get("quoi") == "erreur":
                actions.erase(member=found, by=request.user, at=now)
                messages.success(request, _("L’inscription faite par erreur est supprimée."))
            elif request.POST.get("quoi") == "tout":
                actions.forget(member=found, by=request.user, at=now)
                messages.success(request, _("Tout ce qui concernait cet enfant est effacé, papiers compris."))
            else:
                raise Refused(_("Choisissez l’un des deux boutons."))
        except Refused as refused:
            context["refusal"] = refused
        else:
            return redirect("participation:council", found.term.council.public_id)
    return render(request, "participation/councils/member_erase.html", context)


@require_POST
def give(request, public_id):
    """The signed paper comes in."""
    found = find_member(request, public_id)
    form = ConsentForm(request.POST, request.FILES, council=found.term.council)
    if not form.is_valid():
        return _page(request, found, consenting=form, status=422)
    try:
        consents.give(member=found, **form.cleaned_data, by=request.user, at=timezone.now())
    except UploadRefused as refused:
        form.add_error("document", str(refused))
        return _page(request, found, consenting=form, status=422)
    except Refused as refused:
        return _page(request, found, consenting=form, refusal=refused)
    messages.success(request, _("L’accord est noté."))
    return redirect("participation:member", public_id)


@require_POST
def withdraw(request, public_id):
    consent = find_consent(request, public_id)
    return _done(
        request,
        consent.member,
        lambda: consents.withdraw(consent=consent, by=request.user, at=timezone.now()),
        _("Le retrait vaut dès maintenant, sur la page publique aussi."),
    )


@require_POST
def put_back(request, public_id):
    consent = find_consent(request, public_id)
    return _done(
        request,
        consent.member,
        lambda: consents.put_back(consent=consent, by=request.user, at=timezone.now()),
        _("L’accord est remis."),
    )


@require_POST
def drop(request, public_id):
    consent = find_consent(request, public_id)
    return _done(
        request,
        consent.member,
        lambda: consents.drop(consent=consent, by=request.user, at=timezone.now()),
        _("L’accord noté par erreur est supprimé."),
    )


@require_safe
def document(request, public_id):
    """The signed paper, to those who look after the council."""
    consent = find_consent(request, public_id)
    if consent.document is None:
        raise Http404
    return serve(consent.document, inline="voir" in request.GET)


def find_member(request, public_id) -> Member:
    rows = Member.objects.filter(term__council__in=Council.objects.visible_to(request.user))
    rows = rows.select_related("term__council__organisation__territory", "recorded_by", "previous")
    return get_object_or_404(rows.prefetch_related(queries.CONSENTS), public_id=public_id)


def find_consent(request, public_id) -> Consent:
    rows = Consent.objects.filter(member__term__council__in=Council.objects.visible_to(request.user))
    rows = rows.select_related("member__term__council__organisation__territory", "document")
    return get_object_or_404(rows, public_id=public_id)


def _done(request, found: Member, act, words):
    try:
        act()
    except Refused as refused:
        return _page(request, find_member(request, found.public_id), refusal=refused)
    messages.success(request, words)
    return redirect("participation:member", found.public_id)


def _page(request, found: Member, *, form=None, leaving=None, consenting=None, refusal=None, status=200):
    now, today = timezone.now(), timezone.localdate()
    council, term = found.term.council, found.term
    initial = {"kinds": ["participation"], "signed_on": today, "valid_until": term.ends_on}
    if consenting is None:
        consenting = ConsentForm(initial=initial, council=council, auto_id="accord-%s")
    else:
        consenting.auto_id = "accord-%s"
    context = {
        "member": found,
        "seat": queries.seat_of(found, on=today),
        "term": term,
        "council": council,
        "consents": [
            {
                "row": one,
                "holds": one.holds(today),
                "can_withdraw": rules.can_withdraw(request.user, one),
                "can_put_back": rules.can_put_back(request.user, one, at=now),
                "can_drop": rules.can_drop_consent(request.user, one, at=now),
            }
            for one in _about(found)
        ],
        "form": form or MemberForm.of(found),
        "leaving": leaving or LeaveForm(initial={"left_on": today}),
        "consenting": consenting,
        "can_change": rules.can_change_member(request.user, found),
        "can_leave": rules.can_leave(request.user, found),
        "can_come_back": rules.can_come_back(request.user, found),
        "refusal": refusal,
    }
    return render(request, "participation/councils/member.html", context, status=status)


def _about(found: Member) -> list[Consent]:
    """Its consents, each knowing its member without asking again."""
    rows = list(found.consents.all())
    for one in rows:
        one.member = found
    return rows
