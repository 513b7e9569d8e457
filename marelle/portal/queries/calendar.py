"""Dates of the agenda in the form that calendars read (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from marelle.portal.models import EventPage


def calendar(events: Iterable[EventPage], *, name: str) -> bytes:
    """One calendar. A date keeps its identifier: when it changes, it changes in people's own agenda too."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Marelle//Agenda//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}", "X-PUBLISHED-TTL:PT6H",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]  # fmt: skip
    return b"".join(_folded(line) for line in lines)


def _event(event: EventPage) -> Iterator[str]:
    url = f"{settings.SITE_URL}{event.address}"
    changed = event.last_published_at or event.starts_at
    yield "BEGIN:VEVENT"
    yield f"UID:{event.translation_key}@marelle"
    yield f"DTSTAMP:{_instant(changed)}"
    yield f"LAST-MODIFIED:{_instant(changed)}"
    if event.is_all_day:
        yield f"DTSTART;VALUE=DATE:{_day(timezone.localtime(event.starts_at).date())}"
        yield f"DTEND;VALUE=DATE:{_day(timezone.localtime(event.ends_at).date() + timedelta(days=1))}"
    else:
        yield f"DTSTART:{_instant(event.starts_at)}"
        yield f"DTEND:{_instant(event.ends_at)}"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"LOCATION:{_text(event.place or event.online)}"
    told = f"{event.lead}\n{url}".strip()
    yield f"DESCRIPTION:{_text(told)}"
    yield f"URL:{url}"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(on: date) -> str:
    return on.strftime("%Y%m%d")


def _text(words: str) -> str:
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        words = words.replace(sign, escaped)
    return words


def _folded(line: str) -> bytes:
    """Lines of at most 75 bytes, never cut inside a letter."""
    parts, current = [], b""
    for letter in line:
        encoded = letter.encode()
        if len(current) + len(encoded) > 74:
            parts.append(current)
            current = b""
        current += encoded
    return b"\r\n ".join([*parts, current]) + b"\r\n"
