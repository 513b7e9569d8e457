"""Files handed over to anyone: the last version, that very version, what a page of it looks like, a whole kit."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponseNotModified, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marelle.documents.responses import serve
from marelle.library.actions import downloads
from marelle.library.actions import kits as kit_actions
from marelle.library.enums import Kind
from marelle.library.models import FileVersion, KitArchive, PagePicture, Resource, ResourceFile
from marelle.library.queries.kits import contents_of, file_name, written
from marelle.library.rules import files as rules

GONE = 410
A_DAY = "public, max-age=86400"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def file(request, public_id):
    """Its version of today. Somebody signed in who presses the button is remembered as having taken it."""
    found = _file(request, public_id)
    version = found.versions.select_related("stored", "file__resource").first()
    if found.withdrawn_at or version is None:
        return _gone(request, found)
    if request.method == "POST":
        if request.user.is_authenticated:
            downloads.note_download(version=version, by=request.user, at=timezone.now())
        return redirect("library:file", public_id)
    return _handed(request, version)


@login_not_required
@require_safe
def version(request, public_id):
    """That very one, for ever: a link copied three years ago. A newer one is offered first, and the old one stays."""
    found = get_object_or_404(FileVersion.objects.select_related("stored", "file__resource"), public_id=public_id)
    file = _file(request, found.file.public_id)
    if file.withdrawn_at:
        return _gone(request, file)
    newest = file.versions.select_related("file__resource").first()
    if newest.pk != found.pk and "telle-quelle" not in request.GET:
        return render(request, "library/resources/version.html", {"version": found, "newest": newest})
    return _handed(request, found)


@login_not_required
@require_safe
def page_picture(request, public_id):
    """What a page looks like. Drawn once: it never changes."""
    found = get_object_or_404(
        PagePicture.objects.select_related("stored", "version__file__resource"), public_id=public_id
    )
    _file(request, found.version.file.public_id)
    response = FileResponse(found.stored.content.open("rb"), content_type=found.stored.mime)
    response["Cache-Control"] = A_DAY
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def kit(request, public_id):
    """A kit to take away: what its archive holds, and where it stands when it has to be prepared."""
    found = get_object_or_404(Resource.objects.public().filter(kind=Kind.KIT), public_id=public_id)
    contents = contents_of(found)
    archive = KitArchive.objects.filter(kit=found, contents=contents.print).first()
    return render(request, "library/resources/kit.html", {"resource": found, "contents": contents, "archive": archive})


@login_not_required
@require_safe
def kit_zip(request, public_id):
    """The archive: made while it leaves when it is small, prepared beforehand when it is large."""
    found = get_object_or_404(Resource.objects.public().filter(kind=Kind.KIT), public_id=public_id)
    contents = contents_of(found)
    if not contents.entries:
        return redirect("library:kit", public_id)
    if not contents.is_large:
        response = StreamingHttpResponse(written(contents, at=timezone.now()), content_type="application/zip")
        response["Content-Disposition"] = content_disposition_header(True, contents.name)
        response["Cache-Control"] = "no-store"
        return response
    archive = KitArchive.objects.filter(kit=found, contents=contents.print).select_related("stored").first()
    if archive is None or archive.stored is None:
        return redirect("library:kit", public_id)
    return serve(archive.stored)


@login_not_required
@require_POST
def kit_prepare(request, public_id):
    """Ask for the archive of a large kit: one for everybody."""
    found = get_object_or_404(Resource.objects.public().filter(kind=Kind.KIT), public_id=public_id)
    contents = contents_of(found)
    if contents.is_large:
        kit_actions.ask(kit=found, contents=contents, at=timezone.now())
    return redirect("library:kit", public_id)


def _file(request, public_id) -> ResourceFile:
    """Of what is online; the editorial team also opens what is not yet."""
    files = ResourceFile.objects.select_related("resource")
    if not rules.can_tend(request.user):
        files = files.filter(resource__live=True)
    return get_object_or_404(files, public_id=public_id)


def _gone(request, file):
    return render(request, "library/resources/withdrawn.html", {"file": file}, status=GONE)


def _handed(request, version: FileVersion):
    """A download under a name that says what it is. Browsers keep it and ask again each time: it may be withdrawn."""
    etag = f'"{version.stored.sha256[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = serve(version.stored)
    response["Content-Disposition"] = content_disposition_header(True, file_name(version))
    response["Cache-Control"] = "no-cache"
    response["ETag"] = etag
    return response
