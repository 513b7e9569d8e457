"""The Convention on the Rights of the Child, article by article, in words for adults and in words for children."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marelle.library.models import Article
from marelle.library.queries import convention as queries
from marelle.library.registry import gathered_on

SHOWN = 6
"""Of each kind, on the page of an article."""
CHILDREN, PRINCIPLES = "enfants", "principes"


@login_not_required
@require_safe
def convention(request):
    """All of them, with their drawings. `?mots=enfants` speaks to children; `?montrer=principes` keeps four."""
    for_children = request.GET.get("mots") == CHILDREN
    principles = request.GET.get("montrer") == PRINCIPLES
    articles = Article.objects.filter(is_principle=True) if principles else Article.objects.all()
    return render(
        request,
        "library/convention/list.html",
        {
            "articles": list(articles),
            "for_children": for_children,
            "principles": principles,
            "words": _choices(
                request, "mots", [("", _("Pour les adultes")), (CHILDREN, _("Pour les enfants"))],
                CHILDREN if for_children else "",
            ),
            "which": _choices(
                request, "montrer", [("", _("Les 42 droits")), (PRINCIPLES, _("Les quatre principes"))],
                PRINCIPLES if principles else "",
            ),
        },
    )  # fmt: skip


def _choices(request, name, choices, chosen):
    """Links that change one thing of the address and keep the other."""
    found = []
    for value, label in choices:
        query = request.GET.copy()
        query.pop(name, None)
        kept = {key: query[key] for key in ("mots", "montrer") if query.get(key) in {CHILDREN, PRINCIPLES}}
        if value:
            kept[name] = value
        address = "&".join(f"{key}={said}" for key, said in kept.items())
        found.append(
            {"label": label, "address": f"?{address}" if address else request.path, "is_chosen": value == chosen}
        )
    return found


@login_not_required
@require_safe
def article(request, number):
    """Both wordings, and what resources, towns and children make of it."""
    found = queries.neighbours(number)
    if number not in found:
        raise Http404
    context = {
        "article": found[number],
        "before": found.get(number - 1),
        "after": found.get(number + 1),
        "gathered": gathered_on(number, most=SHOWN),
    }
    return render(request, "library/convention/article.html", context)
