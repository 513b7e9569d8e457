"""The title: its public page, its publication, its withdrawal."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.accounts.queries import standing
from marelle.core.rules import Refused
from marelle.programme.actions import titles as actions
from marelle.programme.forms.candidacies import WithdrawalForm
from marelle.programme.models import Candidacy, Title
from marelle.programme.queries import titles as queries
from marelle.programme.rules import titles as rules

from . import papers
from .finding import candidacy_or_404, theirs_or_403


@login_not_required
@require_safe
def title(request: HttpRequest, public_id: str) -> HttpResponse:
    """The public page of a title: anyone may read it, as long as it has ever been published."""
    found = get_object_or_404(
        Title.objects.select_related("territory__departement", "mandate", "candidacy__version"), public_id=public_id
    )
    today = timezone.localdate()
    context = {
        "title": found,
        "territory": found.territory,
        "state": queries.standing_of(found, today),
        "papers": queries.papers(found.candidacy),
        "engagements": found.candidacy.version.definition.engagements,
        "others": [
            {"title": one, "state": queries.standing_of(one, today)}
            for one in queries.history(found.territory)
            if one.pk != found.pk
        ],
        "can_withdraw": standing(request.user).is_manager and rules.can_withdraw(request.user, found),
        "sees_candidacy": request.user.is_authenticated
        and Candidacy.objects.visible_to(request.user).filter(pk=found.candidacy_id).exists(),
    }
    return render(request, "programme/title.html", context)


@require_POST
def grant(request: HttpRequest, public_id: str) -> HttpResponse:
    found = candidacy_or_404(request, public_id)
    try:
        published = actions.grant(candidacy=found, by=request.user, at=timezone.now())
    except Refused as refusal:
        return papers.page(request, candidacy_or_404(request, public_id), refusal)
    messages.success(request, _("Le titre est publié. La collectivité est prévenue."))
    return redirect("programme:title", published.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    seen = Candidacy.objects.visible_to(request.user)
    found = get_object_or_404(
        Title.objects.select_related("territory", "candidacy__organisation").filter(candidacy__in=seen),
        public_id=public_id,
    )
    allowed = theirs_or_403(rules.can_withdraw(request.user, found))
    form, refusal = WithdrawalForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(title=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            refusal = refused
        else:
            messages.success(request, _("Le titre est retiré. Sa page publique le dit."))
            return redirect("programme:title", public_id)
    context = {"title": found, "candidacy": found.candidacy, "form": form, "refusal": refusal, "allowed": allowed}
    return render(request, "programme/title_withdraw.html", context)
