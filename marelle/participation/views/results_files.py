"""Published results to take away: the poster, the open data."""

from __future__ import annotations

import io
import zipfile

import segno
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marelle.documents.spreadsheets import CSV, csv_of
from marelle.documents.typesetting import pdf
from marelle.participation.models import Publication
from marelle.participation.queries import results as queries
from marelle.participation.queries import sheets

from .results_finding import shown_or_404


@login_not_required
@require_safe
def poster(request: HttpRequest, public_id: str) -> HttpResponse:
    """A3, to be hung where the children answered. Its QR code leads to the page for children."""
    found, publication = shown_or_404(request, public_id)
    read = queries.results(publication)
    if read is None:
        raise Http404
    url = request.build_absolute_uri(reverse("participation:results_children", args=[public_id]))
    qr = segno.make(url, error="m").svg_inline(border=0, dark="#17233b")
    qr = qr.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)  # A page knows without being told.
    content = pdf(
        "participation/typst/results_poster.typ",
        sheets.poster(publication, read, url=url, qr=qr),
        title=found.consultation.title,
    )
    return _file(content, "application/pdf", f"affiche-{public_id}.pdf", inline=True)


@login_not_required
@require_safe
def spreadsheet(request: HttpRequest, public_id: str) -> HttpResponse:
    _found, publication = shown_or_404(request, public_id)
    return _file(_csv(publication), CSV, f"resultats-{public_id}.csv")


@login_not_required
@require_safe
def bundle(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same with its notice and what one must know before using it."""
    found, publication = shown_or_404(request, public_id)
    if found.is_private:
        raise Http404(_("Les fichiers se téléchargent une fois les résultats publiés."))
    url = request.build_absolute_uri(reverse("participation:results", args=[public_id]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("LISEZMOI.txt", "\ufeff" + sheets.read_me(publication, url))
        files.writestr("resultats.csv", _csv(publication))
        files.writestr("notice.csv", csv_of(["element", "code", "sens"], sheets.notice(publication)))
    return _file(out.getvalue(), "application/zip", f"resultats-{public_id}.zip")


def _csv(publication: Publication) -> bytes:
    """Written once by this process: a publication never moves."""
    key = f"results:csv:{publication.pk}"
    content: bytes | None = caches["local"].get(key)
    if content is None:
        content = csv_of(sheets.HEADER, sheets.lines(publication))
        if len(content) < 2_000_000:
            caches["local"].set(key, content, timeout=3600)
    return content


def _file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return response
