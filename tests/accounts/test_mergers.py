"""Next year's list merged a commune: its people lose nothing, and a manager says with whom they go on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from marelle.accounts.actions import invitations, mergers
from marelle.accounts.enums import Role
from marelle.accounts.models import Invitation, Membership, Organisation
from marelle.accounts.queries import forget_standing, standing
from marelle.accounts.rules import organisations as rules
from marelle.core.rules import NotNow, Refused
from marelle.notifications.models import Mail
from tests.accounts.factories import (
    CollectiviteFactory,
    lead_of,
    member_of,
    national,
    of_delegation,
)
from tests.territories.factories import DepartementFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def departement():
    return DepartementFactory()


@pytest.fixture
def heir(departement):
    return TerritoryFactory(name="Valmont-la-Neuve", departement=departement)


@pytest.fixture
def town(departement, heir):
    gone = TerritoryFactory(name="Valmont", departement=departement, ended_on=date(2026, 11, 1), became=heir)
    return CollectiviteFactory(territory=gone)


def test_nobody_yet_in_the_new_commune_the_organisation_becomes_it(town, heir, at, commit):
    lead, manager = lead_of(town), national()
    with commit():
        into = mergers.follow(organisation=town, by=manager, at=at)
    assert (into, into.territory, into.name, into.closed_on) == (town, heir, "Valmont-la-Neuve", None)
    assert standing(lead).has_role_in(into, {Role.LEAD})
    assert Mail.objects.filter(to_user=lead).exists()


def test_where_the_new_commune_is_already_here_people_join_it_in_their_roles(town, heir, at, commit):
    there = CollectiviteFactory(territory=heir)
    lead, both = lead_of(town), lead_of(town)
    Membership.objects.create(user=both, organisation=there, role=Role.LEAD, starts_on=date(2026, 1, 1))
    waiting = invitations.invite(organisation=town, email="zoe@marelle.example", role=Role.LEAD, by=lead, at=at)
    with commit():
        into = mergers.follow(organisation=town, by=national(), at=at)
    town.refresh_from_db()
    assert into == there
    assert town.closed_on
    forget_standing(lead)
    assert standing(lead).collectivites == [there]
    assert Membership.objects.filter(user=both, organisation=there, role=Role.LEAD).count() == 1
    assert Membership.objects.filter(organisation=town).count() == 2, "the history stays"
    waiting.refresh_from_db()
    assert waiting.revoked_at
    assert Organisation.objects.open().filter(territory=heir).count() == 1


@pytest.mark.parametrize("who", ["lead", "adviser", "head", "volunteer"])
def test_only_a_manager_decides_it(town, departement, at, who):
    person = {
        "lead": lambda: lead_of(town),
        "adviser": lambda: national(Role.ADVISER),
        "head": lambda: of_delegation(Role.HEAD, covers=[departement]),
        "volunteer": lambda: of_delegation(covers=[departement]),
    }[who]()
    with pytest.raises(PermissionDenied):
        mergers.follow(organisation=town, by=person, at=at)


def test_what_cannot_follow_says_why(town, at):
    manager = national()
    assert "existe toujours" in rules.can_follow(manager, CollectiviteFactory()).reason
    alone = CollectiviteFactory(territory=TerritoryFactory(ended_on=date(2026, 11, 1)))
    assert "ne succède" in rules.can_follow(manager, alone).reason
    mergers.follow(organisation=town, by=manager, at=at)
    with pytest.raises(Refused, match="existe toujours"):
        mergers.follow(organisation=town, by=manager, at=at)


def test_a_chain_of_mergers_leads_to_the_last(town, heir, at):
    last = TerritoryFactory(name="Grand-Valmont")
    heir.ended_on, heir.became = date(2027, 1, 1), last
    heir.save()
    town = Organisation.objects.get(pk=town.pk)
    assert mergers.follow(organisation=town, by=national(), at=at).territory == last


def test_a_manager_sees_it_and_does_it_from_the_pages(client, town, heir):
    client.force_login(national())
    assert town.name in client.get("/compte/organisations/").content.decode()
    page = client.get(f"/compte/organisations/{town.public_id}/").content.decode()
    assert "Poursuivre avec Valmont-la-Neuve" in page
    done = client.post(f"/compte/organisations/{town.public_id}/successeur/", follow=True)
    assert "se poursuit avec Valmont-la-Neuve" in done.content.decode()
    again = client.post(f"/compte/organisations/{town.public_id}/successeur/")
    assert again.status_code == 422
    assert "existe toujours" in again.content.decode()


def test_its_people_read_that_nothing_is_lost_and_cannot_do_it_themselves(client, town):
    client.force_login(lead_of(town))
    page = client.get(f"/compte/organisations/{town.public_id}/").content.decode()
    assert "lui succède" in page
    assert "Poursuivre avec" not in page
    assert client.post(f"/compte/organisations/{town.public_id}/successeur/").status_code == 403


def test_a_stranger_finds_nothing(client, town):
    client.force_login(lead_of(CollectiviteFactory()))
    assert client.post(f"/compte/organisations/{town.public_id}/successeur/").status_code == 404


# --- The same invitation again -----------------------------------------------------------------------------


def test_a_lost_invitation_leaves_again_and_stays_open_longer(at, commit):
    town = CollectiviteFactory()
    lead = lead_of(town)
    with commit():
        sent = invitations.invite(organisation=town, email="zoe@marelle.example", role=Role.CONTRIBUTOR, by=lead, at=at)
    with pytest.raises(Refused, match="dix minutes"):
        invitations.resend(invitation=sent, by=lead, at=at + timedelta(minutes=1))
    later = at + timedelta(days=40)  # It has expired meanwhile.
    with commit():
        again = invitations.resend(invitation=sent, by=lead, at=later)
    assert (again.token, again.expires_at) == (sent.token, later + timedelta(days=30))
    assert Mail.objects.filter(to_address="zoe@marelle.example").count() == 2
    again.revoked_at = later
    again.save()
    with pytest.raises(Refused, match="retirée"):
        invitations.resend(invitation=again, by=lead, at=later + timedelta(days=1))


def test_who_resends(client, at):
    town = CollectiviteFactory()
    sent = invitations.invite(
        organisation=town, email="zoe@marelle.example", role=Role.CONTRIBUTOR, by=lead_of(town), at=at
    )
    url = f"/compte/invitations/{sent.public_id}/renvoyer/"
    client.force_login(lead_of(CollectiviteFactory()))
    assert client.post(url).status_code == 404
    client.force_login(member_of(town, Role.CONTRIBUTOR))
    assert client.post(url).status_code == 403
    Invitation.objects.update(expires_at=at - timedelta(days=10))
    client.force_login(lead_of(town))
    assert "est repartie à zoe@marelle.example" in client.post(url, follow=True).content.decode()


def test_not_now_is_a_reason_not_a_refusal_of_the_person(town):
    assert isinstance(rules.can_follow(national(), CollectiviteFactory()), NotNow)
