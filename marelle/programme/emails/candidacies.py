"""What is written about a candidacy as such: declared, confirmed, given more time, ended."""

from __future__ import annotations

from typing import Any

from marelle.notifications.messages import Email
from marelle.programme.models import Candidacy
from marelle.programme.queries.hats import hats

from .links import link


def intention_received(*, to: Any, candidacy: Candidacy) -> Email | None:
    return _about("intention_received", to, candidacy)


def intention_to_confirm(*, to: Any, candidacy: Candidacy) -> Email | None:
    """Nothing left to say once a colleague has confirmed."""
    return _about("intention_to_confirm", to, candidacy) if candidacy.status == "interested" else None


def intention_confirmed(*, to: Any, candidacy: Candidacy) -> Email | None:
    return _about("intention_confirmed", to, candidacy)


def candidacy_abandoned(*, to: Any, candidacy: Candidacy) -> Email | None:
    return _about("candidacy_abandoned", to, candidacy)


def deadline_extended(*, to: Any, candidacy: Candidacy) -> Email | None:
    return _about("deadline_extended", to, candidacy)


def _about(name: str, to: Any, candidacy: Candidacy) -> Email | None:
    if not hats(to, candidacy).sees:  # They left, or stepped aside, since it was decided to tell them.
        return None
    facts = {"to": to, "candidacy": candidacy, "url": link("programme:candidacy", candidacy.public_id)}
    return Email.from_templates(f"programme/emails/{name}", facts)
