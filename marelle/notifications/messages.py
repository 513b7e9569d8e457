"""What a mail says. Built when it is sent, from what is true then."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string


@dataclass(frozen=True)
class Email:
    """Subject and two versions of one text. `reply_to` when an answer by mail has somewhere to arrive."""

    subject: str
    text: str
    html: str
    reply_to: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def content(self) -> str:
        """The HTML without its envelope (what `notifications/mail.html` puts around), to be set beside others."""
        _, opening, rest = self.html.partition("<!--content-->")
        inside, closing, _ = rest.partition("<!--/content-->")
        return inside.strip() if opening and closing else ""

    @classmethod
    def from_templates(cls, name: str, context: dict[str, Any], **more: Any) -> Email:
        """Render `<name>.subject.txt`, `<name>.txt` and `<name>.html` (`programme/emails/candidacy_received`)."""
        context = {"SITE_URL": settings.SITE_URL, **context}
        return cls(
            # Not str.split(): it would take the narrow no-break spaces of French for plain ones.
            subject=re.sub(r"[ \t\r\n]+", " ", _plain(f"{name}.subject.txt", context)).strip(" "),
            text=_plain(f"{name}.txt", context).strip() + "\n",
            html=render_to_string(f"{name}.html", context),
            **more,
        )


def _plain(name: str, context: dict[str, Any]) -> str:
    """Text is not HTML: « L'Haÿ » keeps its apostrophe."""
    template: Any = get_template(name)
    return template.template.render(Context(context, autoescape=False))
