"""What waits for the managers, one list at a time."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from marelle.accounts.queries import standing
from marelle.core.rules import Refused
from marelle.programme.actions import candidacies as actions
from marelle.programme.queries import todo

PER_PAGE = 25


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
def confirm_many(request: HttpRequest) -> HttpResponse:
    _managers_only(request)
    # Public ids are letters and digits: anything else (a NUL, which PostgreSQL refuses) names no candidacy.
    asked = [one for one in request.POST.getlist("candidacy")[:PER_PAGE] if one.isalnum()]
    chosen = list(todo.to_confirm(request.user).filter(public_id__in=asked))
    if not chosen:
        return _page(request, Refused(_("Cochez au moins une intention encore à confirmer.")))
    try:
        actions.confirm_many(candidacies=chosen, by=request.user, at=timezone.now())
    except Refused as refusal:
        return _page(request, refusal)
    done = ngettext("%(n)d intention confirmée.", "%(n)d intentions confirmées.", len(chosen)) % {"n": len(chosen)}
    messages.success(request, done)
    return redirect("programme:waiting")


def _page(request: HttpRequest, refusal: Refused | None = None) -> HttpResponse:
    _managers_only(request)
    rows = {
        "intentions": todo.to_confirm(request.user),
        "decisions": todo.to_decide(request.user, timezone.localdate()),
        "titres": todo.to_publish(request.user),
    }
    chosen = request.GET.get("liste", "")
    chosen = chosen if chosen in rows else "intentions"
    page = Paginator(rows[chosen], PER_PAGE).get_page(request.GET.get("page"))
    lists = [
        {"key": key, "label": label, "is_here": key == chosen,
         "count": page.paginator.count if key == chosen else rows[key].count()}
        for key, label in todo.LISTS.items()
    ]  # fmt: skip
    context = {"lists": lists, "chosen": chosen, "page": page, "title": todo.LISTS[chosen], "refusal": refusal}
    return render(request, "programme/waiting.html", context)


def _managers_only(request: HttpRequest) -> None:
    if not standing(request.user).is_manager:
        raise PermissionDenied(_("Cela revient aux responsables du programme."))
