"""The gate of the back office (Wagtail, `/edition/`): who comes in, which of its doors are walled up, what its pages may
load. Everything Wagtail answers passes here, so that the rest of the site needs to know nothing of it.

- Nobody signed in: our sign-in page, second factor included, as everywhere. Wagtail's own leads to it.
- Signed in without a role of the editorial team: 404, as for any door that is not theirs.
- People, groups, sites and passwords are Marelle's: Wagtail's doors to them do not exist.
- A rule that says no inside Wagtail (`Refused`) is told in its words, and nothing is changed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from allauth.account.views import logout
from csp.constants import HEADER
from csp.utils import build_policy
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.users.models import UserProfile

from marelle.core.middleware import may_write_on_get
from marelle.core.rules import Refused

View = Callable[..., HttpResponse]

WALLED_UP = {"wagtailusers_users", "wagtailusers_groups", "wagtailusers_api_tokens", "wagtailsites"}
"""Namespaces that have no door here: roles are given in Marelle only, and the site is set up by `marelle prepare`."""
WALLED_UP_NAMES = re.compile(r"^wagtailadmin_(password_reset|error_test|choose_page_phone_link$)")
PREVIEWS = re.compile(r"(^|:)(preview_on_\w+|view_draft|revisions_view|workflow_preview|wagtailadmin_block_preview)$")
"""Pages of ours, shown inside the editor before they are public."""

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "media-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
"""As tight as Chromium let us (`tests/journeys/test_an_editor.py` listens to it): no script but files of this server, no
`eval`, no other host. What is looser than on public pages: style attributes that the text editor writes, a picture shown
before it is sent (`blob:`), and the preview's frame."""
PREVIEW_POLICY = POLICY | {"frame-ancestors": ["'self'"]}
OFFICE_CSP, PREVIEW_CSP = (build_policy(config=policy) for policy in (POLICY, PREVIEW_POLICY))

INLINE, HANDED_OVER = b"<script>", b"<script type=text/x-office>"
"""Wagtail starts date fields, choosers and lists of forms with a script in the page. It is handed over as data to
`office.js`, which calls the few functions it knows with the JSON it finds: nothing written in a page is ever run."""


def gate(view: View) -> View:
    inside = may_write_on_get(view)  # Wagtail notes who is editing what, and a person's habits, while pages are read

    @functools.wraps(view)
    def gated(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        match = request.resolver_match
        if match.url_name == "wagtailadmin_login":
            return redirect_to_login(request.GET.get("next") or reverse("wagtailadmin_home"))
        if match.url_name == "wagtailadmin_logout":
            return logout(request)
        if not _may_enter(request) or _is_walled_up(match):
            raise Http404
        preview = bool(PREVIEWS.search(match.view_name or ""))
        if preview:  # The page shown inside is only read: what it looks up exists by then.
            request.may_write_on_get = True
            UserProfile.get_for_user(request.user)
        try:
            response = inside(request, *args, **kwargs)
        except Refused as no:
            return _told(request, no)
        return _dressed(response, preview=preview)

    return gated


def _may_enter(request: HttpRequest) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin")


def _is_walled_up(match) -> bool:
    return bool(WALLED_UP & set(match.namespaces)) or bool(WALLED_UP_NAMES.match(match.url_name or ""))


def _told(request: HttpRequest, no: Refused) -> HttpResponse:
    """The reason, where the person was."""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"success": False, "error_code": "refused", "error_message": no.reason}, status=409)
    messages.error(request, no.reason)
    back = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "wagtailadmin_home")


def _dressed(response: HttpResponse, *, preview: bool) -> HttpResponse:
    response.headers[HEADER] = PREVIEW_CSP if preview else OFFICE_CSP
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response.add_post_render_callback(_handed_over)
    elif not response.streaming:
        _handed_over(response)
    return response


def _handed_over(response: HttpResponse) -> None:
    if INLINE in response.content and response.headers.get("Content-Type", "").startswith(
        ("text/html", "application/json")
    ):
        response.content = response.content.replace(INLINE, HANDED_OVER)
