"""Practices of the demonstration, lived through the same actions as on the pages; and its guides, as published."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from marelle.accounts.actions import memberships, organisations
from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Membership, Organisation, User
from marelle.audit.actions import record
from marelle.core.models import predictable_ids
from marelle.core.rules import Refused
from marelle.demo.definition import Chapter, Told, Written, guides, practices
from marelle.demo.names import address, people
from marelle.library.actions import guides as guide_acts
from marelle.library.actions import practice_contacts, practice_review, takings_up
from marelle.library.actions import practices as acts
from marelle.library.models import Article, Guide, Practice, Theme
from marelle.library.queries import practice_texts
from marelle.territories.models import Territory

from . import quiet
from .shelving import OLDEST, Say, body_of, someone

LEFT_OUT = ("failures", "advice", "cost_is_unknown")
"""Answers that a draft made from facts does not hold: written afterwards, as its people do."""
REMARKS = {
    "evidence": "Comment l’avez-vous mesuré\u202f? Un nombre et une date suffisent, même modestes.",
    "failures": "Dites aussi ce que vous ne referiez pas\u202f: c’est ce que les autres lisent en premier.",
}
"""What the reviewer says of a practice that goes back to its authors, field by field."""
REASON = "Très utile. Deux précisions, et nous la publions."


@dataclass
class Telling:
    """Chance, the clock, who reviews, and the towns that may take a practice up, each with who speaks for it."""

    chance: random.Random
    now: datetime
    names: Any
    reader: User
    publisher: User
    manager: User
    towns: list[tuple[Organisation, User]] = field(default_factory=list)


@transaction.atomic
def make(*, seed: int, at: datetime, keys: Iterable[str] | None = None, say: Say = lambda line: None) -> int:
    """Practices in each state, taken up by others, and the guides. Gives how many practices. Run again: nothing."""
    if not settings.DEMO:
        raise Refused("La démonstration demande MARELLE_DEMO=1.")
    if Practice.objects.filter(source__startswith="demo:").exists():
        return 0
    told = [one for one in practices().values() if keys is None or one.key in keys]
    with predictable_ids(seed + 2), quiet.mails_stay(at):
        told_by = telling(seed=seed, at=at)
        for number, one in enumerate(told, 1):
            say(f"{number}/{len(told)} pratiques")
            _live(told_by, one)
        for guide in guides().values() if keys is None else []:
            publish(told_by, guide)
    record("demo.practices.told", on=Practice, by=None, at=at, seed=seed, practices=len(told))
    return len(told)


def telling(*, seed: int, at: datetime) -> Telling:
    return Telling(
        random.Random(seed), at, people(seed + 2), someone(Role.EDITOR), someone(Role.PUBLISHER),
        someone(Role.MANAGER), _towns(),
    )  # fmt: skip


def _towns() -> list[tuple[Organisation, User]]:
    """Collectivités of the year, with their lead."""
    leads = Membership.objects.filter(organisation__kind=Kind.COLLECTIVITE, role=Role.LEAD, ends_on=None)
    return [(one.organisation, one.user) for one in leads.select_related("organisation", "user").order_by("pk")]


def _live(telling: Telling, one: Told) -> None:
    """Begun, written, proposed, read, published, taken up: as far as its state says."""
    proposed = telling.now - timedelta(days=telling.chance.randint(12, 220), hours=telling.chance.randint(0, 8))
    if one.state != "published":
        proposed = telling.now - timedelta(days=telling.chance.randint(2, 9))
    organisation, lead = _of(telling, one.insee, proposed - timedelta(days=40))
    practice = acts.draft_from(
        facts=acts.PracticeFacts(source=f"demo:{one.key}", **one.facts), organisation=organisation, by=lead,
        at=proposed - timedelta(days=20),
    )  # fmt: skip
    text = practice_texts.working(practice)
    typed = {
        name: acts.Typed(getattr(one, name), practice_texts.base_of(text, name))
        for name in LEFT_OUT
        if getattr(one, name)
    }
    acts.write(practice=practice, typed=typed, by=lead, at=proposed - timedelta(days=10))
    if one.contact:
        contact = practice_contacts.name(
            practice=practice,
            person=one.contact.name,
            email=one.contact.email,
            by=lead,
            at=proposed - timedelta(days=9),
        )
        practice_contacts.agree(contact=contact, at=proposed - timedelta(days=7))
    if one.state == "draft":
        return
    acts.submit(practice=practice, by=lead, at=proposed)
    read = proposed + timedelta(days=1)
    if one.state == "returned":
        for name, remark in REMARKS.items():
            practice_review.comment(practice=practice, field=name, text=remark, by=telling.reader, at=read)
        practice_review.send_back(practice=practice, reason=REASON, by=telling.publisher, at=read)
    elif one.state == "published":
        practice_review.publish(practice=practice, by=telling.publisher, at=proposed + timedelta(days=6))
        _taken_up(telling, practice, len(one.taken_up_by), proposed + timedelta(days=6))


def _taken_up(telling: Telling, practice: Practice, count: int, published: datetime) -> None:
    """By as many collectivités as the YAML says, among those that live in this year."""
    others = [(town, lead) for town, lead in telling.towns if town.pk != practice.organisation_id]
    for town, lead in telling.chance.sample(others, min(count, len(others))):
        days = (telling.now - published).days
        takings_up.take_up(
            practice=practice, organisation=town, by=lead,
            at=published + timedelta(days=telling.chance.uniform(0.2, max(days, 1)) * 0.9),
        )  # fmt: skip


def _of(telling: Telling, code: str, at: datetime) -> tuple[Organisation, User]:
    """The collectivité of a town and who leads there: those of the year, or opened for this."""
    kinds = {"kind__in": ["epci", "ept"]} if len(code) == 9 else {"kind": "commune"}
    territory = Territory.objects.filter(code=code, **kinds).first()
    if territory is None:  # A small France: somebody else tells it.
        return telling.towns[len(code) % len(telling.towns)]
    found = next(((town, lead) for town, lead in telling.towns if town.territory_id == territory.pk), None)
    if found is None:
        opened = organisations.open_collectivite(territory=territory, by=telling.manager, at=at, is_demonstration=True)
        name = next(telling.names)
        person = User.objects.create_user(address(name, f"pratique-{code}"), name=name, is_fictitious=True)
        memberships.start(
            user=person,
            organisation=opened,
            role=Role.LEAD,
            by=telling.manager,
            at=at,
            job_title="Directrice de l’enfance",
        )
        found = (opened, person)
        telling.towns.append(found)
    return found


AGAIN = "repondre-aux-enfants"
"""The guide that was published twice: its first edition had not its last chapter yet."""


def publish(telling: Telling, one: Written) -> Guide:
    """A guide, its chapters one after the other, and its editions."""
    published = telling.now - timedelta(days=telling.chance.randint(20, OLDEST))
    guide = Guide(
        slug=slugify(one.title.replace("œ", "oe"))[:80].strip("-"), title=one.title, summary=one.summary,
        age_from=one.ages[0], age_to=one.ages[1], goals=[*one.goals], is_demonstration=True, live=False,
        review_on=(published + timedelta(days=730)).date(),
    )  # fmt: skip
    guide.themes.set(Theme.objects.filter(slug__in=one.themes))
    guide.articles.set(Article.objects.filter(pk__in=one.articles))
    guide.save()
    if one.key == AGAIN:
        _edition(telling, guide, one.chapters[:-1], one.changes, published)
        _edition(telling, guide, one.chapters, f"Un chapitre de plus\u202f: {one.chapters[-1].title}", telling.now)
    else:
        _edition(telling, guide, one.chapters, one.changes, published)
    Guide.objects.filter(pk=guide.pk).update(first_published_at=published)
    return guide


def _edition(telling: Telling, guide: Guide, chapters: list[Chapter], changes: str, at: datetime) -> None:
    """The text of that day put online, then frozen under its number."""
    guide.body = [block for chapter in chapters for block in body_of(chapter.body, title=chapter.title)]
    revision = guide.save_revision(user=telling.reader, log_action=False)
    revision.publish(user=telling.publisher, log_action=False, skip_permission_checks=True)
    guide.refresh_from_db()
    Guide.objects.filter(pk=guide.pk).update(last_published_at=at)
    guide_acts.publish_edition(guide=guide, changes=changes, by=telling.publisher, at=at)
