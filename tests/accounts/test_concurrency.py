"""Two people in the same instant, on an engine that really runs them together."""

import threading

import pytest
from django.db import connection

from marelle.accounts.actions import claims
from marelle.accounts.models import Membership, Organisation
from tests.accounts.asking import claim_of
from tests.accounts.factories import national
from tests.territories.factories import TerritoryFactory


@pytest.mark.django_db(transaction=True)
def test_two_checkers_accepting_two_claims_at_once_open_one_collectivite(at):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time; nothing to see there")
    town = TerritoryFactory()
    pairs = [(claim_of(town), national()), (claim_of(town), national())]
    errors, gate = [], threading.Barrier(len(pairs))

    def accept(claim, by):
        try:
            gate.wait()
            claims.accept(claim=claim, by=by, at=at)
        except Exception as error:
            errors.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=accept, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Organisation.objects.filter(territory=town).count() == 1
    assert Membership.objects.filter(organisation__territory=town).count() == 2
