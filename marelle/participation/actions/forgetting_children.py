"""What was promised to children of councils and to candidates, on its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marelle.audit.actions import record
from marelle.participation.models import Candidate, Consent, Member
from marelle.programme.models import Mandate

from .members import ABOUT

KEPT = timedelta(days=365)
"""After the end of the council's term; after the last day of the election."""
WITHOUT_MANDATE = timedelta(days=6 * 365 + 2)
"""First names where no municipal mandate was recorded: as long as one lasts."""


@transaction.atomic
def forget(*, at: datetime) -> int:
    """A year after a term: surname, year of birth, school, contact, and the signed papers. At the end of the municipal
    mandate: the first name. A year after an election: its candidates. Gives how many rows; the log keeps the count."""
    today = timezone.localdate(at)
    count = _details(today) + _papers(today) + _first_names(today) + _candidates(today)
    if count:
        record("participation.member.ended", on=Member, by=None, at=at, count=count)
    return count


def _details(today: date) -> int:
    empty = {name: None if name == "birth_year" else "" for name in ABOUT}
    over = Member.objects.filter(term__ends_on__lt=today - KEPT)
    return over.exclude(last_name="", birth_year__isnull=True, school="", guardian_contact="").update(**empty)


def _papers(today: date) -> int:
    """The whole row: what a consent said is not kept without the paper that proves it."""
    return Consent.objects.filter(member__term__ends_on__lt=today - KEPT).delete()[0]


def _first_names(today: date) -> int:
    """Those of terms that ended within a municipal mandate that is over."""
    past = Q(term__ends_on__lt=today - WITHOUT_MANDATE)
    for mandate in Mandate.objects.filter(ends_on__lt=today):
        past |= Q(term__ends_on__gte=mandate.starts_on, term__ends_on__lte=mandate.ends_on)
    return Member.objects.filter(past).exclude(first_name="").update(first_name="", is_shown=False)


def _candidates(today: date) -> int:
    return Candidate.objects.filter(election__ends_on__lt=today - KEPT).delete()[0]
