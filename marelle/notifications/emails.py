"""Mails of this app: the day's news in one."""

from __future__ import annotations

from .messages import Email


def digest(told: list[Email]) -> Email:
    """Several mails of one day as one: each subject as a heading, in the order they happened."""
    return Email.from_templates("notifications/emails/digest", {"told": told})
