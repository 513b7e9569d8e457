"""What is written to the editorial team about pictures of children. No child's mark leaves in a mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from marelle.library.models import ImageConsent, Picture, Video
from marelle.library.queries import media as queries
from marelle.notifications.messages import Email
from marelle.ui.components.words import day_in_words


def media_hidden(*, to: Any, ended: bool, picture: Picture | None = None, video: Video | None = None) -> Email | None:
    """It is no longer shown, and here is where it was. Nothing once it may be shown again."""
    about = picture or video
    if about is None or queries.is_agreed(about, timezone.localdate()):
        return None
    context = {
        "to": to,
        "about": about,
        "is_video": video is not None,
        "ended": ended,
        "uses": [use for use in queries.uses(about) if use.is_live],
        "url": consents_url(about),
    }
    return Email.from_templates("library/emails/media_hidden", context)


def consent_ending(*, to: Any, consent: ImageConsent) -> Email | None:
    """In time to ask the family again. Nothing when it was withdrawn meanwhile."""
    about = consent.about
    if consent.withdrawn_at is not None:
        return None
    context = {
        "to": to,
        "about": about,
        "is_video": consent.video_id is not None,
        "until": day_in_words(consent.valid_until),
        "uses": [use for use in queries.uses(about) if use.is_live],
        "url": consents_url(about),
    }
    return Email.from_templates("library/emails/consent_ending", context)


def consents_url(about: Picture | Video) -> str:
    name = "library:picture_consents" if isinstance(about, Picture) else "library:video_consents"
    return settings.SITE_URL + reverse(name, args=[about.public_id])
