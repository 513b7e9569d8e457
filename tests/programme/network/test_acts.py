"""The network, rule by rule and act by act: asked, confirmed, refused, left."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.programme.actions import network
from marelle.programme.definition import Definition
from marelle.programme.enums import NETWORK_MOVES, NetworkStatus
from marelle.programme.models import NetworkMembership
from marelle.programme.queries.network import fee_for
from marelle.programme.rules import network as rules
from marelle.programme.signals import network_joined
from marelle.territories.models import Territory
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national, of_delegation
from tests.programme.factories import NETWORK, NetworkMembershipFactory, RouteVersionFactory
from tests.territories.factories import DepartementFactory, TerritoryFactory

pytestmark = pytest.mark.django_db

MAY_ASK = {Role.LEAD, Role.ELECTED}


@pytest.fixture
def version():
    return RouteVersionFactory(network=True)


@pytest.fixture
def rouen():
    return CollectiviteFactory(territory__name="Rouen", territory__population=116_331)


@pytest.fixture
def asked(version, rouen, at):
    return network.ask(organisation=rouen, version=version, answers={}, by=lead_of(rouen), at=at)


@pytest.mark.parametrize("role", [Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR, Role.SIGNATORY])
def test_who_of_a_collectivite_may_ask(version, rouen, role):
    assert bool(rules.can_ask(member_of(rouen, role), rouen, version)) == (role in MAY_ASK)


def test_nobody_else_may_ask(version, rouen):
    elsewhere = lead_of(CollectiviteFactory())
    for user in (UserFactory(), national(), of_delegation(covers=[rouen.territory]), elsewhere, None):
        assert not rules.can_ask(user, rouen, version)


@pytest.mark.parametrize("status", NetworkStatus.values)
def test_when_one_may_ask(version, rouen, status):
    NetworkMembershipFactory(organisation=rouen, version=version, status=status)
    assert bool(rules.can_ask(lead_of(rouen), rouen, version)) == (status in {"refused", "left"})


def test_only_eligible_territories_that_still_exist(version, rouen, at):
    lead = lead_of(rouen)
    assert not rules.can_ask(lead, rouen, None)
    narrow = RouteVersionFactory(
        route=version.route, number=2, content=NETWORK | {"eligible": ["epci"]}, digest="e" * 64
    )
    assert not rules.can_ask(lead, rouen, narrow)
    Territory.objects.filter(pk=rouen.territory.pk).update(ended_on=date(2026, 1, 1))
    rouen.refresh_from_db()
    assert not rules.can_ask(lead, rouen, version)


@pytest.mark.parametrize("status", NetworkStatus.values)
@pytest.mark.parametrize("role", Role.values)
def test_truth_table_of_deciding_and_leaving(rouen, status, role):
    membership = NetworkMembershipFactory(organisation=rouen, status=status)
    kind = {Role.MANAGER, Role.ADVISER, Role.EXPERT, Role.SAFEGUARDING}
    if role in kind:
        user = national(role)
    elif role in {Role.HEAD, Role.VOLUNTEER}:
        user = of_delegation(role, covers=[rouen.territory])
    else:
        user = member_of(rouen, role)
    assert bool(rules.can_decide(user, membership)) == (role == Role.MANAGER and status == "asked")
    leaves = NetworkStatus.LEFT in NETWORK_MOVES[NetworkStatus(status)]
    assert bool(rules.can_leave(user, membership)) == (role in MAY_ASK and leaves)


def test_asking_keeps_the_fee_with_its_reason_and_tells_both_sides(version, rouen, at, commit):
    manager, lead = national(), lead_of(rouen)
    with commit():
        membership = network.ask(organisation=rouen, version=version, answers={"autre": "x"}, by=lead, at=at)
    assert membership.fee_cents == 50_000
    assert "116 331 habitants".replace(" ", "\u202f", 1) in membership.fee_reason
    assert membership.charter_accepted_at == at
    assert membership.answers == {}, "an answer to a question nobody asked is not kept"
    assert {m.to[0] for m in mail.outbox} == {lead.email, manager.email}
    assert Entry.objects.filter(kind="programme.network.asked").count() == 1


def test_a_second_request_is_refused(asked, rouen, version, at):
    with pytest.raises(Refused):
        network.ask(organisation=rouen, version=version, answers={}, by=lead_of(rouen), at=at)


def test_the_database_holds_one_open_membership(asked, rouen):
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkMembershipFactory(organisation=rouen, status="member")


def test_confirming_makes_a_member_and_sends_the_news(asked, rouen, at, commit):
    heard = []
    listen = lambda sender, membership, **_: heard.append(membership)  # noqa: E731
    network_joined.connect(listen)
    manager = national()
    try:
        with commit():
            network.confirm(membership=asked, by=manager, at=at)
    finally:
        network_joined.disconnect(listen)
    asked.refresh_from_db()
    assert asked.status == "member"
    assert asked.joined_on == at.date()
    assert heard == [asked]
    assert [m.to for m in mail.outbox] == [[asked.asked_by.email]]
    with pytest.raises(Refused):
        network.confirm(membership=asked, by=manager, at=at)


def test_where_the_population_is_unknown_the_manager_sets_the_fee(version, at):
    hamlet = CollectiviteFactory(territory__population=None)
    asked = network.ask(organisation=hamlet, version=version, answers={}, by=lead_of(hamlet), at=at)
    assert asked.fee_cents is None
    assert "l’équipe nationale vous dira" in asked.fee_reason
    for nothing in (None, -1):
        with pytest.raises(Refused):
            network.confirm(membership=asked, by=national(), at=at, fee_cents=nothing)
    confirmed = network.confirm(membership=asked, by=national(), at=at, fee_cents=7500)
    assert confirmed.fee_cents == 7500


def test_a_fee_the_grid_gave_is_not_changed_by_confirming(asked, at):
    assert network.confirm(membership=asked, by=national(), at=at, fee_cents=1).fee_cents == 50_000


def test_refusing_needs_words_that_reach_the_collectivite(asked, rouen, at, commit):
    with pytest.raises(Refused):
        network.refuse(membership=asked, reason="  ", by=national(), at=at)
    with commit():
        network.refuse(membership=asked, reason="L'adresse n'est pas celle de la mairie.", by=national(), at=at)
    assert [m.to for m in mail.outbox] == [[asked.asked_by.email]]
    assert "L'adresse n'est pas celle de la mairie." in mail.outbox[0].body
    assert "adresse" not in str(Entry.objects.get(kind="programme.network.refused").details)


def test_leaving_keeps_history_and_lets_one_come_back(asked, rouen, version, at, commit):
    network.confirm(membership=asked, by=national(), at=at)
    later = at + timedelta(days=40)
    with commit():
        network.leave(membership=asked, reason="Plus de moyens.", by=asked.asked_by, at=later)
    assert "Plus de moyens." in next(m for m in mail.outbox if m.to != [asked.asked_by.email]).body
    members = NetworkMembership.objects.members
    assert not members(on=at.date() - timedelta(days=1)).exists()
    assert members(on=at.date()).exists()
    assert members(on=later.date() - timedelta(days=1)).exists()
    assert not members(on=later.date()).exists()
    again = network.ask(organisation=rouen, version=version, answers={}, by=asked.asked_by, at=later)
    assert NetworkMembership.objects.filter(territory=rouen.territory).count() == 2
    assert again != asked


def test_strangers_are_refused_by_the_action_too(asked, at):
    for user in (UserFactory(), national(Role.ADVISER), lead_of(CollectiviteFactory())):
        with pytest.raises(PermissionDenied):
            network.confirm(membership=asked, by=user, at=at)
        with pytest.raises(PermissionDenied):
            network.leave(membership=asked, reason="…", by=user, at=at)


def test_who_sees_a_membership(asked, rouen):
    departement = DepartementFactory()
    Territory.objects.filter(pk=rouen.territory.pk).update(departement=departement)
    sees = [
        lead_of(rouen),
        member_of(rouen, Role.CONTRIBUTOR),
        national(Role.ADVISER),
        of_delegation(covers=[departement]),
    ]
    blind = [
        UserFactory(),
        lead_of(CollectiviteFactory()),
        of_delegation(covers=[DepartementFactory()]),
        national(Role.EXPERT),
    ]
    assert [NetworkMembership.objects.visible_to(user).count() for user in sees] == [1] * 4
    assert [NetworkMembership.objects.visible_to(user).count() for user in blind] == [0] * 4


@given(population=st.integers(min_value=0, max_value=3_000_000))
def test_every_population_falls_in_one_band_and_fees_never_fall(population):
    definition = Definition.model_validate(NETWORK)
    here, above = (definition.fee_for(population + more) for more in (0, 1))
    assert here.up_to is None or population <= here.up_to
    assert [b for b in definition.fees if b.up_to and b.up_to < (here.up_to or 10**9) and population <= b.up_to] == []
    assert here.cents <= above.cents


@pytest.mark.parametrize(
    ("population", "words"),
    [
        (4512, "4\u202f512 habitants\u202f: tranche jusqu’à 20\u202f000 habitants → 200 € par an"),
        (3500, "3\u202f500 habitants\u202f: tranche jusqu’à 3\u202f500 habitants → 100 € par an"),
        (20_001, "20\u202f001 habitants\u202f: tranche au-delà de 20\u202f000 habitants → 500 € par an"),
    ],
)
def test_the_reason_of_a_fee(population, words):
    assert fee_for(Definition.model_validate(NETWORK), TerritoryFactory.build(population=population)).reason == words
