"""Children come in by a door of their own."""

from __future__ import annotations

from functools import cache

from django.http import Http404
from django.urls import Resolver404, URLResolver, include, path
from django.urls.resolvers import RegexPattern

from marelle.core.middleware import SAFE, safe_methods_only_read

CHILDREN = "/s/"
# By its name, as `ROOT_URLCONF` is: doors are above middlewares, and are read at the first request.
DOORS = "marelle.participation.urls.children"
NAMED_IN = "participation"


def children_first(get_response):
    """Answers what is for children here, before the middlewares of adults: no session, no account, no message and no
    language is looked for, thousands of times in the same minute, for somebody who has none of them.

    Only views that are open to all and, to take answers, that need no CSRF token (`views.children` says why). The
    headers of every page are given outside of this. What is not found, or not by this method, goes the ordinary way,
    where its page is made.
    """

    def middleware(request):
        match = _child_view(request)
        if match is None:
            return get_response(request)
        request.get_host()  # An unknown host is refused here as everywhere.
        request.resolver_match = match
        read_only = safe_methods_only_read(lambda request: match.func(request, *match.args, **match.kwargs))
        try:
            response = read_only(request)
        except Http404:
            return get_response(request)
        return get_response(request) if response.status_code == 405 else response

    return middleware


@cache
def _doors():
    """The doors of children alone, named as among all others: none of the rest of the site is tried first."""
    return URLResolver(RegexPattern(r"^/"), [path("", include((DOORS, NAMED_IN)))])


def resolve(address):
    """The view of children that answers there, as Django's own `resolve` finds it; `Resolver404` where none does."""
    return _doors().resolve(address)


def _child_view(request):
    if not request.path_info.startswith(CHILDREN):
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    is_open = not getattr(match.func, "login_required", True)
    takes = request.method in SAFE or getattr(match.func, "csrf_exempt", False)
    return match if is_open and takes else None
