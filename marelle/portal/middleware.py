"""A page that is the same for everybody is drawn once, until something is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.urls import Resolver404, resolve
from django.utils import timezone

from marelle.audit.kept import NOTHING, pages, reading
from marelle.audit.queries import last_number

LARGEST = 300_000
"""Bytes. What is larger is an export, not a page."""
FRAGMENT = "HX-Request"


@dataclass(frozen=True, slots=True)
class Page:
    content: bytes
    kind: str
    etag: str

    def answer(self, request) -> HttpResponse:
        if request.headers.get("If-None-Match") == self.etag:
            response: HttpResponse = HttpResponseNotModified()
        else:
            response = HttpResponse(self.content, content_type=self.kind)
        response.headers["ETag"] = self.etag
        response.headers["Cache-Control"] = "no-cache"  # Kept by browsers, asked again each time.
        response.headers["Vary"] = f"Cookie, {FRAGMENT}"
        return response


def whole_pages(get_response):
    """Answers, before sessions and accounts are looked for, what was drawn for the last reader.

    Only for who carries no cookie at all: nobody signed in, no message waiting, no form begun. As fresh as the log
    (`audit.kept`): the next action anywhere has every page drawn again.
    """

    def middleware(request):
        if request.method != "GET" or request.COOKIES or not pages.size:
            return get_response(request)
        versions = versions_of(request.path_info, getattr(request, "urlconf", settings.ROOT_URLCONF))
        if versions is None:
            return get_response(request)
        number = last_number()
        key = (
            request.get_host(), request.get_full_path(), FRAGMENT in request.headers, timezone.localdate(),
            *(version() for version in versions),
        )  # fmt: skip
        page = pages.find(key, number)
        if page is NOTHING:
            with reading(number):
                response = get_response(request)
            if not _was_drawn_for_all(request, response):
                return response
            kind = response.headers["Content-Type"]
            page = Page(response.content, kind, f'"{blake2b(response.content, digest_size=12).hexdigest()}"')
            pages.keep(key, number, page)
        return page.answer(request)

    return middleware


@lru_cache(maxsize=4000)
def versions_of(path: str, urlconf: str) -> tuple[Callable[[], int], ...] | None:
    """What the page at this address depends on beside the log, or None when it is not the same for all. Remembered:
    going through the doors of the whole site to find one took more time than answering."""
    try:
        return getattr(resolve(path, urlconf).func, "same_for_all", None)
    except Resolver404:
        return None


def _was_drawn_for_all(request, response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and len(response.content) <= LARGEST
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "CSRF_COOKIE" not in request.META
    )
