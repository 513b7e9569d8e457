"""A page that is the same for everybody is drawn once, until something is done."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from django.http import HttpResponse, HttpResponseNotModified
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from marelle.audit.queries import last_number

from .queries.kept import NOTHING, pages, reading

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
        patch_vary_headers(response, ["Cookie", FRAGMENT])
        return response


def whole_pages(get_response):
    """Answers, before sessions and accounts are looked for, what was drawn for the last reader.

    Only for who carries no cookie at all: nobody signed in, no message waiting, no form begun. As fresh as the log
    (`queries.kept`): the next action anywhere has every page drawn again.
    """

    def middleware(request):
        if request.method != "GET" or request.COOKIES or not pages.size or not _is_same_for_all(request.path_info):
            return get_response(request)
        key = request.get_host(), request.get_full_path(), FRAGMENT in request.headers, timezone.localdate()
        number = last_number()
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


def _is_same_for_all(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "same_for_all", False)
    except Resolver404:
        return False


def _was_drawn_for_all(request, response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and len(response.content) <= LARGEST
        and "no-store" not in response.headers.get("Cache-Control", "")
        and "CSRF_COOKIE" not in request.META
    )
