"""The commune merged; its file is still its people's, and what was given keeps its name."""

from datetime import date

import pytest
from django.utils import timezone

from marelle.accounts.actions import mergers
from marelle.audit.queries import verify
from marelle.programme.enums import Status
from marelle.programme.models import Candidacy
from tests.accounts.factories import CollectiviteFactory, lead_of, national
from tests.programme.factories import CandidacyFactory
from tests.territories.factories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def heir():
    return TerritoryFactory(name="Valmont-la-Neuve")


def merged(candidacy, heir):
    territory = candidacy.territory
    territory.ended_on, territory.became = date(2026, 11, 1), heir
    territory.save()
    candidacy.organisation.territory = territory
    return candidacy.organisation


def test_before_anybody_decides_the_file_is_there_as_ever(client, heir):
    candidacy = CandidacyFactory(status=Status.DRAFT)
    lead = lead_of(merged(candidacy, heir))
    client.force_login(lead)
    assert client.get(f"/dossiers/{candidacy.public_id}/").status_code == 200
    assert client.get("/tableau-de-bord/", follow=True).status_code == 200
    assert list(Candidacy.objects.visible_to(lead)) == [candidacy]


def test_a_file_under_way_goes_on_under_the_new_name(client, heir, at):
    candidacy = CandidacyFactory(status=Status.UNDER_REVIEW)
    organisation = merged(candidacy, heir)
    lead = lead_of(organisation)
    mergers.follow(organisation=organisation, by=national(), at=at)
    candidacy.refresh_from_db()
    assert (candidacy.territory, candidacy.organisation) == (heir, organisation)
    client.force_login(lead)
    assert client.get(f"/dossiers/{candidacy.public_id}/").status_code == 200
    assert verify().holds


def test_where_the_new_commune_has_its_own_file_both_stay_within_reach(heir):
    there = CollectiviteFactory(territory=heir)
    theirs = CandidacyFactory(status=Status.DRAFT, organisation=there, territory=heir)
    ours = CandidacyFactory(status=Status.DRAFT, route=theirs.route, version=theirs.version)
    former, organisation = ours.territory, merged(ours, heir)
    lead = lead_of(organisation)
    mergers.follow(organisation=organisation, by=national(), at=timezone.now())
    ours.refresh_from_db()
    assert (ours.territory, ours.organisation) == (former, there), "one open file per territory and route"
    assert set(Candidacy.objects.visible_to(type(lead).objects.get(pk=lead.pk))) == {ours, theirs}


@pytest.mark.parametrize("status", [Status.REFUSED, Status.ABANDONED])
def test_what_has_ended_keeps_the_name_it_had(heir, at, status):
    candidacy = CandidacyFactory(status=status)
    former = candidacy.territory
    mergers.follow(organisation=merged(candidacy, heir), by=national(), at=at)
    candidacy.refresh_from_db()
    assert candidacy.territory == former
