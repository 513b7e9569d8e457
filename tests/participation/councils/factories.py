"""Councils, terms, members and consents; `sitting(term, …)` is a member whose consent holds."""

from datetime import UTC, date, datetime

import factory

from marelle.participation.enums import ConsentKind, CouncilKind
from marelle.participation.models import Consent, Council, Member, Term
from tests.accounts.factories import CollectiviteFactory, UserFactory


class CouncilFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Council

    organisation = factory.SubFactory(CollectiviteFactory)
    kind = CouncilKind.CHILDREN
    name = "Conseil d’enfants"
    purpose = "Dire ce que nous pensons de la ville."
    created_at = datetime(2026, 9, 1, tzinfo=UTC)


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Term

    council = factory.SubFactory(CouncilFactory)
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 8, 31)


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Member

    term = factory.SubFactory(TermFactory)
    first_name = factory.Sequence(lambda n: f"Lina{n}")
    last_name = "Martin"
    birth_year = 2016
    school = "École Jean-Zay"
    guardian_contact = "06 00 00 00 00"
    joined_on = date(2026, 9, 10)
    recorded_at = datetime(2026, 9, 10, 9, tzinfo=UTC)
    recorded_by = factory.SubFactory(UserFactory)


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    member = factory.SubFactory(MemberFactory)
    kind = ConsentKind.PARTICIPATION
    by_child = by_guardians = True
    signed_on = date(2026, 9, 10)
    valid_until = date(2027, 8, 31)
    recorded_at = datetime(2026, 9, 10, 9, tzinfo=UTC)
    recorded_by = factory.SubFactory(UserFactory)


def sitting(term, *, valid_until=date(2027, 8, 31), **fields) -> Member:
    member = MemberFactory(term=term, **fields)
    ConsentFactory(member=member, valid_until=valid_until, recorded_by=member.recorded_by)
    return member
