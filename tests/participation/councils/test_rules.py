"""Who may do what about a council, and when: role × state."""

from datetime import date, timedelta

import pytest

from marelle.accounts.enums import Role
from marelle.core.rules import NotNow
from marelle.participation.models import Council
from marelle.participation.rules import councils as rules
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national, of_delegation

from .factories import ConsentFactory, MemberFactory, TermFactory, sitting

pytestmark = pytest.mark.django_db

TENDS = {Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR}


@pytest.mark.parametrize("role", [Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR, Role.SIGNATORY])
def test_who_of_the_collectivite_looks_after_a_council(council, role):
    person = member_of(council.organisation, role)
    member = sitting(TermFactory(council=council))
    answers = [
        rules.can_create(person, council.organisation),
        rules.can_tend(person, council),
        rules.can_end(person, council),
        rules.can_start_term(person, council),
        rules.can_change_member(person, member),
        rules.can_forget(person, member),
        rules.can_record_consent(person, member),
        rules.can_withdraw(person, member.consents.get()),
    ]
    assert {bool(one) for one in answers} == {role in TENDS}
    assert (council in Council.objects.visible_to(person)) == (role in TENDS)


def test_nobody_else_reads_or_touches_it(council):
    member = sitting(TermFactory(council=council))
    elsewhere = lead_of(CollectiviteFactory())
    left = lead_of(council.organisation, ends_on=date(2025, 1, 1))
    for person in (None, UserFactory(), national(), national(Role.SAFEGUARDING), of_delegation(), elsewhere, left):
        assert not rules.can_tend(person, council)
        assert not rules.can_change_member(person, member)
        assert not isinstance(rules.can_tend(person, council), NotNow)
        assert council not in Council.objects.visible_to(person)


def test_a_structure_or_a_national_team_has_no_council(lead):
    team = national().memberships.get().organisation
    assert not rules.can_create(national(), team)


@pytest.mark.parametrize("ended", [None, date(2026, 11, 1)])
def test_a_council_ends_once_and_comes_back(council, lead, ended, at):
    council.ended_on = ended
    assert bool(rules.can_end(lead, council)) == (ended is None)
    assert bool(rules.can_revive(lead, council)) == (ended is not None)
    assert bool(rules.can_start_term(lead, council)) == (ended is None)
    assert bool(rules.can_add_member(lead, TermFactory(council=council), on=at.date())) == (ended is None)


@pytest.mark.parametrize(
    ("starts", "ends", "fits"),
    [
        (date(2027, 9, 1), date(2028, 8, 31), True),
        (date(2027, 9, 1), date(2027, 9, 1), False),  # no time at all
        (date(2027, 9, 1), date(2034, 9, 1), False),  # longer than a municipal mandate
        (date(2027, 8, 31), date(2028, 8, 31), False),  # the last day of the term before
        (date(2025, 9, 1), date(2028, 8, 31), False),  # around it
    ],
)
def test_when_a_term_may_be(council, term, starts, ends, fits):
    assert bool(rules.can_date_term(council, starts, ends)) == fits


def test_a_term_may_keep_its_own_days(council, term):
    assert rules.can_date_term(council, term.starts_on, term.ends_on, but=term)


def test_a_mistake_is_erased_for_seven_days(lead, term, at):
    member = MemberFactory(term=term, recorded_at=at)
    consent = ConsentFactory(member=member, recorded_at=at)
    for days, allowed in ((0, True), (7, True), (8, False)):
        assert bool(rules.can_erase(lead, member, at=at + timedelta(days=days))) == allowed
        assert bool(rules.can_drop_consent(lead, consent, at=at + timedelta(days=days))) == allowed


def test_a_withdrawal_is_taken_back_for_seven_days(lead, term, at):
    consent = ConsentFactory(member=MemberFactory(term=term), withdrawn_on=at.date())
    assert not rules.can_withdraw(lead, consent)
    assert rules.can_put_back(lead, consent, at=at + timedelta(days=7))
    assert not rules.can_put_back(lead, consent, at=at + timedelta(days=8))


@pytest.mark.parametrize(
    ("child", "guardians", "of_age", "birth_year", "holds"),
    [
        (True, True, False, 2016, True),
        (True, False, False, 2016, False),
        (False, True, False, 2016, False),
        (True, False, True, 2016, False),  # ten years old
        (True, False, True, None, False),  # nobody knows
        (True, False, True, 2004, True),
        (False, False, True, 2004, False),
    ],
)
def test_both_consents_make_one(child, guardians, of_age, birth_year, holds, at):
    member = MemberFactory(birth_year=birth_year)
    answer = rules.can_be_consent(
        member, by_child=child, by_guardians=guardians, of_age=of_age,
        signed_on=at.date(), valid_until=at.date() + timedelta(days=300), on=at.date(),
    )  # fmt: skip
    assert bool(answer) == holds


@pytest.mark.parametrize(("signed", "until"), [(1, 300), (-10, -20), (-300, -1)])
def test_a_consent_is_signed_by_now_and_not_over(signed, until, at):
    today = at.date()
    assert not rules.can_be_consent(
        MemberFactory(), by_child=True, by_guardians=True, of_age=False,
        signed_on=today + timedelta(days=signed), valid_until=today + timedelta(days=until), on=today,
    )  # fmt: skip
