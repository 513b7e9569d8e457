"""Who protects, what they must know, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from marelle.accounts.enums import Role
from marelle.accounts.models import Membership, User
from marelle.accounts.queries import standing
from marelle.participation.enums import AlertState, Duty, Worry
from marelle.participation.lexicon import worrying
from marelle.participation.models import Alert, Consultation, Steward


def present(on: date) -> QuerySet[Membership]:
    """Roles held on that day by people whose account is open."""
    return Membership.objects.on(on).filter(organisation__closed_on__isnull=True, user__is_active=True)


def national_protectors(on: date) -> list[User]:
    """The safeguarding officers of the national team; where there are none, its managers stand in."""
    rows = present(on)
    for role in (Role.SAFEGUARDING, Role.MANAGER):
        people = list(User.objects.filter(pk__in=rows.filter(role=role).values("user")).order_by("pk"))
        if people:
            return people
    return []


def protectors(consultation: Consultation, *, on: date) -> list[User]:
    """Everyone who is told at once of a worrying text: never nobody.

    Those whom the consultation names for it and every national safeguarding officer; when neither exists, the
    programme managers; when there are none either, everyone named for the consultation, and who made it. The same
    order opens the page (`Alert.objects.visible_to`).
    """
    roles = present(on)
    stewards = Steward.objects.filter(consultation=consultation, user__in=roles.values("user"))
    wanted = Q(pk__in=stewards.filter(duty=Duty.SAFEGUARDING).values("user")) | Q(
        pk__in=roles.filter(role=Role.SAFEGUARDING).values("user")
    )
    people = list(User.objects.filter(wanted, is_active=True).order_by("pk"))
    if people:
        return people
    managers = national_protectors(on)
    if managers:
        return managers
    return list(
        User.objects.filter(Q(pk__in=stewards.values("user")) | Q(pk=consultation.created_by_id), is_active=True)
    )


@dataclass(frozen=True)
class Piece:
    """A run of a text; `worries` when the lexicon stopped there."""

    text: str
    worries: bool


def pieces(text: str) -> list[Piece]:
    """The child's words, cut where the lexicon was worried."""
    found: list[Piece] = []
    at = 0
    for sign in worrying(text):
        start, end = max(sign.start, at), max(sign.end, at)
        if end > start:
            found += [Piece(text[at:start], False), Piece(text[start:end], True)]
            at = end
    return [one for one in [*found, Piece(text[at:], False)] if one.text]


def listed(user: Any) -> QuerySet[Alert]:
    """The alerts a person handles: nobody's first, then in hand, then closed; the oldest of each first."""
    order = Case(
        When(state=AlertState.NEW, then=Value(0)),
        When(state=AlertState.TAKEN, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return (
        Alert.objects.visible_to(user)
        .select_related("verbatim__session__consultation", "verbatim__session__organisation", "taken_by")
        .annotate(order=order)
        .order_by("order", "raised_at", "pk")
    )


def may_receive(user: Any) -> bool:
    """Whether alerts can come to this person at all: the page and its door."""
    who = standing(user)
    if who.user is None or not who.memberships:
        return False
    if Role.SAFEGUARDING in who.roles:
        return True
    named = Steward.objects.filter(user=user, duty=Duty.SAFEGUARDING)
    return named.exists() or Alert.objects.visible_to(user).exists()


def signs_in_words(alert: Alert) -> list[str]:
    return [str(Worry(code).label) for code in alert.signs if code in Worry.values]


def waiting(user: Any) -> int:
    """How many alerts nobody has taken in hand yet, for the person's dashboard."""
    return Alert.objects.visible_to(user).filter(state=AlertState.NEW).count()
