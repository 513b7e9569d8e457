"""A commune that merged takes its councils along."""

import pytest

from marelle.accounts.signals import collectivite_followed
from marelle.participation.models import Council
from tests.accounts.factories import CollectiviteFactory, lead_of

pytestmark = pytest.mark.django_db


def test_a_council_goes_on_with_the_successor(council, lead, at):
    into = CollectiviteFactory()
    collectivite_followed.send(sender=type(into), organisation=council.organisation, into=into, by=lead, at=at)
    council.refresh_from_db()
    assert council.organisation == into
    assert council in Council.objects.visible_to(lead_of(into))
