"""What the page shell needs on every page."""

from functools import cache

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from marelle.ui import fonts


@cache
def typefaces() -> dict[str, object] | None:
    """Addresses of the style sheet of the typefaces and of the two files every page needs, when they were built."""
    if not fonts.are_built(settings.BUILT):
        return None
    return {
        "sheet": staticfiles_storage.url(f"{fonts.FOLDER}/fonts.css"),
        "first": [staticfiles_storage.url(f"{fonts.FOLDER}/{name}.woff2") for name in ("display", "text")],
    }


def shell(request):
    return {"DEMO": settings.DEMO, "SITE_URL": settings.SITE_URL, "typefaces": typefaces()}
