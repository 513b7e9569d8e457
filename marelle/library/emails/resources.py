"""What is written to those who asked to be told when the files of a resource change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from marelle.library.models import FileVersion, Watch
from marelle.notifications.messages import Email


def new_version(*, to: Any, watch: Watch, since: str) -> Email | None:
    """Which files changed, and in what. Nothing when the resource went offline, or the files were withdrawn."""
    resource = watch.resource
    versions = list(
        FileVersion.objects.filter(
            file__resource=resource, file__withdrawn_at=None, number__gt=1, added_at__gte=datetime.fromisoformat(since)
        )
        .select_related("file")
        .order_by("file__position", "file_id", "number")
    )
    if not versions or not resource.live:
        return None
    stop = settings.SITE_URL + reverse("library:watch_stop", args=[watch.public_id])
    context = {
        "to": to,
        "resource": resource,
        "versions": versions,
        "url": settings.SITE_URL + resource.get_absolute_url(),
        "stop": stop,
    }
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return Email.from_templates("library/emails/new_version", context, headers=headers)
