from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.actions import people as actions
from marelle.accounts.forms.people import CloseForm, ConfirmationForm, DetailsForm, PaceForm
from marelle.accounts.models import Claim
from marelle.accounts.queries import standing
from marelle.accounts.queries.privacy import fate, held_about
from marelle.accounts.rules import memberships as membership_rules
from marelle.accounts.rules import people as rules
from marelle.core.rules import Refused
from marelle.notifications.actions import set_pace
from marelle.notifications.models import Pace

from . import proof


@require_safe
def me(request):
    user = request.user
    context = {
        "memberships": [(m, membership_rules.can_end(user, m)) for m in standing(user).memberships],
        "claims": Claim.objects.open().filter(user=user).select_related("territory"),
        "factors": Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).count(),
        "pace": Pace(_pace(user)).label,
        "proconnect": bool(settings.PROCONNECT_ISSUER),
        "is_linked": SocialAccount.objects.filter(user=user, provider="proconnect").exists(),
    }
    return render(request, "accounts/me.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request):
    user = request.user
    form = DetailsForm(
        request.POST if request.method == "POST" else None, initial={"name": user.name, "phone": user.phone}
    )
    if request.method == "POST" and form.is_valid():
        actions.change_details(person=user, by=user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Vos coordonnées sont à jour."))
        return redirect("accounts:me")
    return _form(request, form, _("Mes coordonnées"))


@require_http_methods(["GET", "HEAD", "POST"])
def pace(request):
    form = PaceForm(request.POST if request.method == "POST" else None, initial={"pace": _pace(request.user)})
    if request.method == "POST" and form.is_valid():
        set_pace(user=request.user, pace=form.cleaned_data["pace"], at=timezone.now())
        messages.success(request, _("C’est noté."))
        return redirect("accounts:me")
    return _form(request, form, _("Mes courriels"))


def _form(request, form, title):
    return render(request, "accounts/form.html", {"form": form, "title": title}, status=422 if form.errors else 200)


def _pace(user):
    preference = getattr(user, "mail_preference", None)
    return preference.pace if preference else Pace.IMMEDIATE


@require_safe
def data(request):
    return render(request, "accounts/data.html", {"sections": list(held_about(request.user))})


@require_POST
@proof.sensitive
def export(request):
    """At once: what one person's account holds is small. (The same work is a job, for whoever asks by command.)"""
    result = actions.my_data(owner=request.user, at=timezone.now())
    response = HttpResponse(result.content, content_type=result.mime)
    response["Content-Disposition"] = f'attachment; filename="{result.name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@proof.sensitive
def close(request):
    user, refusal = request.user, None
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close(person=user, by=user, at=timezone.now())
        except Refused as refused:
            refusal = refused
        else:
            get_adapter(request).logout(request)
            messages.success(request, _("Votre compte est clos. Merci pour ce que vous avez fait pour les enfants."))
            return redirect("portal:home")
    context = {"form": form, "refusal": refusal, "can_close": rules.can_close(user, user), **fate(user)}
    return render(request, "accounts/close.html", context, status=422 if form.errors or refusal else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request):
    """« It is really you »: a code to the account's own address, for who has no second factor."""
    form = ConfirmationForm()
    status = 200
    if request.method == "POST":
        if "send" in request.POST:
            if not proof.send_code(request):
                messages.error(request, get_adapter(request).error_messages["too_many_login_attempts"])
        else:
            form = ConfirmationForm(request.POST)
            if form.is_valid() and proof.check_code(request, form.cleaned_data["code"]):
                return redirect(get_next_redirect_url(request) or "accounts:me")
            if form.is_valid():
                form.add_error("code", get_adapter(request).error_messages["incorrect_code"])
            status = 422
    context = {"form": form, "waits": proof.waits_for_code(request), "next": get_next_redirect_url(request) or ""}
    return render(request, "accounts/confirm.html", context, status=status)
