"""The door through which every picture goes out. No stored file has an address of its own."""

from __future__ import annotations

import hashlib
import mimetypes

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from marelle.core.middleware import may_write_on_get
from marelle.library.models import Picture, Rendition
from marelle.library.queries.cuts import spec_of
from marelle.library.rules import media as rules

GUARDS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@login_not_required
@require_safe
@may_write_on_get
def picture(request, public_id, name):
    """A picture at one of our sizes, while it may be shown; at any other that exists, for the back office alone.

    A browser keeps its copy but asks before each use (`no-cache`): a consent taken back takes effect at the next look,
    and a picture that has not changed costs one query and no bytes. A size nobody made yet is made here, once: they
    are a few dozen per picture at most, and usually made when the picture comes in (`tasks.make_renditions`).
    """
    found = get_object_or_404(Picture, public_id=public_id)
    spec, in_the_open = spec_of(name), bool(rules.can_be_shown(found, timezone.localdate()))
    if (spec is None or not in_the_open) and not rules.is_editor(request.user):
        raise Http404
    tag = _tag(found, name)
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return _kept(HttpResponse(status=304), tag, in_the_open and spec)
    row = found.get_rendition(spec) if spec else get_object_or_404(Rendition, **_as_made(found, name))
    try:
        content = row.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    mime = mimetypes.guess_type(row.file.name)[0] or "application/octet-stream"
    return _kept(FileResponse(content, content_type=mime, headers=GUARDS), tag, in_the_open and spec)


def _kept(response, tag, in_the_open):
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache" if in_the_open else "private, no-store"
    return response


def _tag(found, name):
    """Changes with the file and with its focal point."""
    facts = (found.file.name, name, found.focal_point_x, found.focal_point_y, found.focal_point_width, found.focal_point_height)  # fmt: skip
    return f'"{hashlib.sha256(repr(facts).encode()).hexdigest()[:24]}"'


def _as_made(found, name):
    """What Wagtail's back office made for itself: « max-165x165 », « original »."""
    rows = Rendition.objects.filter(image=found, filter_spec=name.replace("~", "|"))
    return {"pk": rows.order_by("-pk").values_list("pk", flat=True).first()}
