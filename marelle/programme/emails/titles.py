"""What is written from the decision to the title: papers brought, title published or withdrawn."""

from __future__ import annotations

from typing import Any

from marelle.notifications.messages import Email
from marelle.programme.models import Candidacy, Title
from marelle.programme.queries.hats import hats

from .links import link


def agreement_ready(*, to: Any, candidacy: Candidacy) -> Email | None:
    return _papers("agreement_ready", to, candidacy)


def deliberation_recorded(*, to: Any, candidacy: Candidacy) -> Email | None:
    return _papers("deliberation_recorded", to, candidacy)


def agreement_signed(*, to: Any, candidacy: Candidacy) -> Email | None:
    return _papers("agreement_signed", to, candidacy)


def title_granted(*, to: Any, title: Title) -> Email:
    return _title("title_granted", to, title)


def title_withdrawn(*, to: Any, title: Title) -> Email:
    return _title("title_withdrawn", to, title)


def _papers(name: str, to: Any, candidacy: Candidacy) -> Email | None:
    if not hats(to, candidacy).sees:  # They left, or stepped aside, since it was decided to tell them.
        return None
    facts = {"to": to, "candidacy": candidacy, "url": link("programme:papers", candidacy.public_id)}
    return Email.from_templates(f"programme/emails/{name}", facts)


def _title(name: str, to: Any, title: Title) -> Email:
    facts = {"to": to, "title": title, "url": link("programme:title", title.public_id)}
    return Email.from_templates(f"programme/emails/{name}", facts)
