"""A picture of the public site: checked by content, then written anew from its points alone."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from . import check
from .families import PICTURES, UploadRefused
from .names import extension_of
from .pictures import BOMB, FOREIGN, FORMATS, broken, too_large

LONGEST = 3200
"""Points on the longest side of a picture of the site: sharper than any screen shows it."""
SMOOTH: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 90, "optimize": True},
    "WEBP": {"quality": 90},
    "AVIF": {"quality": 85, "speed": 8},
    "PNG": {"optimize": True},
}


def checked_for_the_web(content: Any, *, name: str) -> ContentFile:
    """A picture of the site, written anew from its points alone: the right way up, no larger than a screen shows,
    without what the camera noted. Raises `UploadRefused`."""
    with tempfile.TemporaryDirectory(prefix="marelle-") as folder:
        path, clean = Path(folder) / "upload", Path(folder) / "clean"
        kind = check_for_the_web(content, name=name, into=path)
        _written_anew(path, kind, clean)
        return ContentFile(clean.read_bytes(), name=name)


def check_for_the_web(content: Any, *, name: str, into: Path) -> str:
    """Put the upload there, and say which of our formats it is. Raises `UploadRefused`."""
    extension = extension_of(name)
    if extension in WHY_NOT:
        raise UploadRefused(str(WHY_NOT[extension]()))
    size = 0
    content.seek(0)
    with into.open("wb") as file:
        while chunk := content.read(1024 * 1024):
            size += len(chunk)
            if size > settings.UPLOAD_MAX_BYTES:
                raise UploadRefused(
                    _(
                        "Cette image pèse trop : %(most)s Mo au plus. Enregistrez-la en JPEG ou en WebP, puis joignez-la."
                    )
                    % {"most": settings.UPLOAD_MAX_BYTES // (1024 * 1024)}
                )
            file.write(chunk)
    content.seek(0)
    if not size:
        raise UploadRefused(_("Ce fichier est vide."))
    mime = check(into, name=name, accept=PICTURES)
    if zipfile.is_zipfile(into) or FOREIGN.search(into.read_bytes()):
        raise UploadRefused(
            _(
                "Ce fichier est une image et autre chose à la fois. Ouvrez-la, enregistrez-la de nouveau, puis joignez-la."
            )
        )
    return mime.removeprefix("image/").replace("jpeg", "jpg")


def _written_anew(path: Path, kind: str, into: Path) -> None:
    form = FORMATS[kind]
    try:
        with Image.open(path, formats=[form]) as opened:
            picture = ImageOps.exif_transpose(opened)
            profile = picture.info.get("icc_profile") if picture.mode in {"RGB", "RGBA", "L", "LA", "P"} else None
            if picture.mode == "P":
                picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
            elif picture.mode not in {"RGB", "RGBA", "L", "LA"}:
                picture = picture.convert("RGB")
            picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
            picture.info = {}
            options = {"icc_profile": profile} if profile else {}
            picture.save(into, form, exif=b"", **options, **SMOOTH[form])
    except BOMB:
        raise too_large() from None
    except Exception:  # Pillow fails in as many ways as there are broken pictures.
        raise broken() from None


def _vector() -> str:
    return _("Un dessin SVG peut porter un programme. Exportez-le en PNG, puis joignez-le.")


def _iphone() -> str:
    return _("Cette photo est au format HEIC des iPhone. Exportez-la en JPEG, puis joignez-la.")


def _gif() -> str:
    return _(
        "Un GIF bouge sans qu’on puisse l’arrêter. Joignez une image fixe (JPEG, PNG), ou ajoutez une vidéo "
        "avec ses sous-titres."
    )


WHY_NOT = {"svg": _vector, "svgz": _vector, "heic": _iphone, "heif": _iphone, "gif": _gif}
