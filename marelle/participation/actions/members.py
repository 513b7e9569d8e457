"""Children and young people of a council, recorded by an adult: they come, leave, come back, are forgotten."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.participation.models import Consent, Member, Term
from marelle.participation.rules import councils as rules

ABOUT = ("last_name", "birth_year", "school", "guardian_contact")
"""What is recorded beside the first name."""


@transaction.atomic
def add(
    *,
    term: Term,
    first_name: str,
    last_name: str = "",
    birth_year: int | None = None,
    school: str = "",
    guardian_contact: str = "",
    is_shown: bool = False,
    joined_on: date,
    by: Any,
    at: datetime,
) -> Member:
    """Recorded, not sitting yet: that takes a consent."""
    require(rules.can_add_member(by, term, on=timezone.localdate(at)))
    _within(term, joined_on)
    member = Member.objects.create(
        term=term, first_name=first_name, last_name=last_name, birth_year=birth_year, school=school,
        guardian_contact=guardian_contact, is_shown=is_shown, joined_on=joined_on, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    record("participation.member.added", on=member, by=by, at=at)
    return member


@transaction.atomic
def change(
    *,
    member: Member,
    first_name: str,
    last_name: str = "",
    birth_year: int | None = None,
    school: str = "",
    guardian_contact: str = "",
    is_shown: bool = False,
    joined_on: date,
    by: Any,
    at: datetime,
) -> Member:
    member = locked(member)
    require(rules.can_change_member(by, member))
    _within(member.term, joined_on)
    if member.left_on and member.left_on < joined_on:
        raise Refused(_("On ne part pas avant d’être arrivé\u202f: vérifiez les dates."))
    member.first_name, member.last_name, member.birth_year, member.school = first_name, last_name, birth_year, school
    member.guardian_contact, member.is_shown, member.joined_on = guardian_contact, is_shown, joined_on
    member.save(update_fields=["first_name", *ABOUT, "is_shown", "joined_on"])
    record("participation.member.changed", on=member, by=by, at=at)
    return member


@transaction.atomic
def leave(*, member: Member, left_on: date, by: Any, at: datetime) -> Member:
    """They no longer sit from that day; the list of the term still names them, with both dates."""
    member = locked(member)
    require(rules.can_leave(by, member))
    if left_on < member.joined_on:
        raise Refused(_("On ne part pas avant d’être arrivé\u202f: vérifiez les dates."))
    if left_on > timezone.localdate(at):
        raise Refused(_("Notez un départ le jour où il a lieu, ou après."))
    member.left_on = left_on
    member.save(update_fields=["left_on"])
    record("participation.member.left", on=member, by=by, at=at)
    return member


@transaction.atomic
def come_back(*, member: Member, by: Any, at: datetime) -> Member:
    """The departure was a mistake, or they changed their mind."""
    member = locked(member)
    require(rules.can_come_back(by, member))
    member.left_on = None
    member.save(update_fields=["left_on"])
    record("participation.member.came_back", on=member, by=by, at=at)
    return member


@transaction.atomic
def erase(*, member: Member, by: Any, at: datetime) -> None:
    """Recorded by mistake: the row goes, and its papers with it."""
    member = locked(member)
    require(rules.can_erase(by, member, at=at))
    record("participation.member.erased", on=member, by=by, at=at)
    member.delete()


@transaction.atomic
def forget(*, member: Member, by: Any, at: datetime) -> Member:
    """The family asks: name, school, address and papers go now, in every term; that somebody sat stays."""
    member = locked(member)
    require(rules.can_forget(by, member))
    today = timezone.localdate(at)
    for one in _everywhere(member):
        blank(one)
        one.first_name, one.is_shown = "", False
        one.left_on = one.left_on or max(today, one.joined_on)
        one.save(update_fields=["first_name", *ABOUT, "is_shown", "left_on"])
        one.consents.all().delete()
    record("participation.member.forgotten", on=member, by=by, at=at)
    member.refresh_from_db()
    return member


def go_on(*, member: Member, term: Term, by: Any, at: datetime) -> Member:
    """The same child in the next term, with the consents that still hold on its first day."""
    heir = Member.objects.create(
        term=term, previous=member, first_name=member.first_name, last_name=member.last_name,
        birth_year=member.birth_year, school=member.school, guardian_contact=member.guardian_contact,
        is_shown=member.is_shown, joined_on=term.starts_on, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    for one in member.consents.all():
        if one.holds(term.starts_on):
            Consent.objects.create(
                member=heir, kind=one.kind, by_child=one.by_child, by_guardians=one.by_guardians, of_age=one.of_age,
                signed_on=one.signed_on, valid_until=one.valid_until, document=one.document, chased=one.chased,
                recorded_at=one.recorded_at, recorded_by=one.recorded_by,
            )  # fmt: skip
    return heir


def blank(member: Member) -> None:
    """What is recorded beside the first name, emptied (not saved)."""
    for name in ABOUT:
        setattr(member, name, None if name == "birth_year" else "")


def locked(member: Member) -> Member:
    rows = Member.objects.select_for_update(of=("self",)).select_related("term__council__organisation__territory")
    return rows.get(pk=member.pk)


def _within(term: Term, day: date) -> None:
    if not term.starts_on <= day <= term.ends_on:
        raise Refused(
            _("Cette date est hors du mandat, qui va du %(start)s au %(end)s.")
            % {"start": f"{term.starts_on:%d/%m/%Y}", "end": f"{term.ends_on:%d/%m/%Y}"}
        )


def _everywhere(member: Member) -> list[Member]:
    """The same child in the terms before and after."""
    found, here = [member], member
    while here.previous_id and here.previous:
        here = here.previous
        found.append(here)
    here = member
    while (after := Member.objects.filter(previous=here).first()) is not None:
        here = after
        found.append(here)
    return found
