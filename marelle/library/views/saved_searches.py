"""Keeping a search, confirming it, stopping it."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from marelle.core.rules import Refused
from marelle.library.actions import saved_searches as actions
from marelle.library.forms.saved_searches import KeepSearch
from marelle.library.models import SavedSearch
from marelle.library.queries.search import results as queries
from marelle.library.queries.search.alerts import address_of, narrowed_in_words

from .search import NAMES, text_of


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request):
    """The question stays in the address; the form asks only how to tell."""
    text = text_of(request)
    chosen = {
        name: list(values)
        for name, values in queries.chosen_from({n: request.GET.getlist(said) for n, said in NAMES.items()}).items()
        if values
    }
    by = request.user if request.user.is_authenticated else None
    form = KeepSearch(request.POST or None, asks_address=by is None)
    refused = None
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="saved_search"):
            refused = _("Beaucoup de demandes sont venues d’ici. Réessayez dans une heure.")
        else:
            try:
                actions.keep(text=text, chosen=chosen, by=by, at=timezone.now(), **form.cleaned_data)
            except Refused as refusal:
                refused = refusal
            else:
                if by is None:
                    return render(
                        request, "library/search/asked.html", {"email": form.cleaned_data["email"], "q": text}
                    )
                messages.success(request, _("C’est noté\u202f: nous vous préviendrons quand il y aura du nouveau."))
                return redirect("library:search_saved")
    draft = SavedSearch(text=text, chosen=chosen)
    context = {
        "form": form,
        "q": text,
        "narrowed": narrowed_in_words(draft),
        "refused": refused,
        "back": request.GET.urlencode(),
    }
    return render(request, "library/search/keep.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The link of a mail reads; the button of its page acts: machines that open links confirm nothing."""
    saved = get_object_or_404(SavedSearch, token=token)
    done = False
    if request.method == "POST":
        saved = actions.confirm(saved=saved, at=timezone.now())
        done = True
    return render(request, "library/search/confirm.html", {"saved": saved, "done": done, **_about(saved)})


@csrf_exempt  # Mail programs post here by themselves (RFC 8058), with the secret of the address as their only proof.
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request, token):
    """Said again, it is still stopped."""
    saved = SavedSearch.objects.filter(token=token).first()
    if saved is None:
        return render(request, "library/search/stopped.html", status=200 if request.method == "POST" else 410)
    if request.method == "POST":
        actions.stop(saved=saved, at=timezone.now())
        return render(request, "library/search/stopped.html", _about(saved))
    return render(request, "library/search/stop.html", {"saved": saved, **_about(saved)})


@require_safe
def saved(request):
    """Those of the person, with their ends."""
    rows = SavedSearch.objects.of(request.user).confirmed().order_by("-asked_at")
    return render(request, "library/search/saved.html", {"rows": [(row, _about(row)) for row in rows]})


def _about(saved: SavedSearch) -> dict:
    query = queries.query_of(address_of(saved))
    return {
        "narrowed": narrowed_in_words(saved),
        "query": query,
        "until": (saved.renewed_at or saved.asked_at) + actions.KEPT,
    }
