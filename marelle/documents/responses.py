"""Handing a file over, after the caller asked who may see the object it belongs to."""

from django.http import FileResponse

from .models import File


def serve(file: File, *, inline: bool = False) -> FileResponse:
    """The file as a download (or shown in the browser when it is a PDF or a picture and `inline`)."""
    shown = inline and file.mime in {"application/pdf", "image/png", "image/jpeg"}
    response = FileResponse(
        file.content.open("rb"), as_attachment=not shown, filename=file.name, content_type=file.mime
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
