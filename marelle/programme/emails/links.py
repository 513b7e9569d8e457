"""Where a mail leads: the whole address of a page."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def link(name: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(name, args=args)
