"""What a mail says. Built when it is sent, from what is true then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string


@dataclass(frozen=True)
class Email:
    """Subject and two versions of one text. `reply_to` when an answer by mail has somewhere to arrive."""

    subject: str
    text: str
    html: str
    reply_to: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def from_templates(cls, name: str, context: dict[str, Any], **more: Any) -> Email:
        """Render `<name>.subject.txt`, `<name>.txt` and `<name>.html` (`programme/emails/candidacy_received`)."""
        context = {"SITE_URL": settings.SITE_URL, **context}
        return cls(
            subject=" ".join(render_to_string(f"{name}.subject.txt", context).split()),
            text=render_to_string(f"{name}.txt", context).strip() + "\n",
            html=render_to_string(f"{name}.html", context),
            **more,
        )
