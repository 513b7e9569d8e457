"""Where static files get their address."""

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Files named by their content and compressed, once `collectstatic` has run.

    In the demonstration, before it has run, plain names, so that a first start shows a page and not an error.
    """

    def stored_name(self, name):
        if settings.DEMO and not self.hashed_files:
            return name
        return super().stored_name(name)
