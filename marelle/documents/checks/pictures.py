"""A picture that opens; and the same picture without what the camera wrote about who and where."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .families import UploadRefused

MOST_PIXELS = 50_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "avif": "AVIF"}
FOREIGN = re.compile(rb"<script|<!doctype html|<html[ >]|<\?php|%PDF-1", re.I)
"""What a page, a program or a PDF says of itself, and a picture has no reason to hold."""
BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def check_picture(path: Path, kind: str) -> None:
    try:
        with Image.open(path, formats=[FORMATS[kind]]) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise too_large()
            if getattr(picture, "is_animated", False):
                raise _moves()
            picture.verify()
    except BOMB:
        raise too_large() from None
    except UploadRefused:
        raise
    except Exception:  # Pillow fails in as many ways as there are broken pictures.
        raise broken() from None


def without_metadata(path: Path, mime: str, into: Path) -> None:
    """Write the picture anew: same pixels, the right way up, without place, camera, date or name."""
    kind = "PNG" if mime == "image/png" else "JPEG"
    try:
        with Image.open(path, formats=[kind]) as opened:
            picture = ImageOps.exif_transpose(opened)
            picture.info = {key: picture.info[key] for key in ("icc_profile", "transparency") if key in picture.info}
            options = {"quality": 90, "optimize": True} if kind == "JPEG" else {}
            picture.save(into, kind, exif=b"", icc_profile=picture.info.get("icc_profile"), **options)
    except BOMB:
        raise too_large() from None
    except Exception:
        raise broken() from None


def _moves() -> UploadRefused:
    return UploadRefused(
        _("Cette image bouge sans qu’on puisse l’arrêter. Joignez une image fixe, ou ajoutez une vidéo.")
    )


def broken() -> UploadRefused:
    return UploadRefused(_("Cette image ne s’ouvre pas : elle est peut-être abîmée. Joignez-en une autre copie."))


def too_large() -> UploadRefused:
    return UploadRefused(_("Cette image a trop de points. Réduisez-la, puis joignez-la."))
