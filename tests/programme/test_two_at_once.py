"""Two people press at the same moment: one act, and the other is told plainly."""

import threading

import pytest
from django.db import connection

from marelle.accounts.models import User
from marelle.core.rules import Refused
from marelle.programme.actions import candidacies, decisions, titles
from marelle.programme.enums import OutcomeKind
from marelle.programme.models import Candidacy, Decision, Title
from tests.accounts.factories import CollectiviteFactory, lead_of, national
from tests.programme.factories import RouteVersionFactory
from tests.programme.lives import AT, ready, submitted, verdict

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Run each act in its own thread and connection, all let go at once. Gives what each answered or raised."""
    start, said = threading.Barrier(len(acts)), []

    def run(act):
        try:
            start.wait()
            said.append(act())
        except Exception as refusal:
            said.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def refusals(said):
    return [str(one) for one in said if isinstance(one, Refused)]


def again(person):
    """The same person as another process would know them."""
    return User.objects.get(pk=person.pk)


def test_two_managers_decide_at_once():
    candidacy, one, two = submitted(), national(), national()
    said = together(
        lambda: decisions.decide(
            candidacy=candidacy, verdict=verdict(OutcomeKind.PROBATION), seen=0, by=again(one), at=AT
        ),
        lambda: decisions.decide(candidacy=candidacy, verdict=verdict(OutcomeKind.AWARD), seen=0, by=again(two), at=AT),
    )
    assert Decision.objects.count() == 1
    assert len(refusals(said)) == 1, said
    assert "vient d’être enregistrée" in refusals(said)[0]


def test_two_managers_publish_at_once():
    candidacy, one, two = ready(), national(), national()
    said = together(
        lambda: titles.grant(candidacy=candidacy, by=again(one), at=AT),
        lambda: titles.grant(candidacy=candidacy, by=again(two), at=AT),
    )
    assert Title.objects.count() == 1
    assert len(refusals(said)) == 1, said


def test_two_colleagues_declare_at_once():
    town, version = CollectiviteFactory(), RouteVersionFactory()
    one, two = lead_of(town), lead_of(town)
    declare = candidacies.open_intention
    said = together(
        lambda: declare(organisation=town, version=version, intention="Nous.", by=again(one), at=AT),
        lambda: declare(organisation=town, version=version, intention="Nous aussi.", by=again(two), at=AT),
    )
    assert Candidacy.objects.count() == 1
    assert len(refusals(said)) == 1, said
    assert "déjà une candidature" in refusals(said)[0]
