"""Other children support a proposal: by secret ballot, each once; the count is read at the end, and not when it is small."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from marelle.ballots.queries.verifying import verify
from marelle.core.rules import Refused
from marelle.participation.actions import proposal_support as support
from marelle.participation.actions import proposals as actions
from marelle.participation.queries import proposals as queries
from marelle.participation.views import kept, limits
from tests.ballots.factories import sending
from tests.participation.factories import proposal_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_fresh_process():
    kept.forget()
    limits._counts.clear()


@pytest.fixture
def proposal(rouen, people, at):
    return support.open_support(
        proposal=proposal_in("made", organisation=rouen, wording="Des arbres dans la cour"), by=people.lead, at=at
    )


@pytest.fixture
def group(proposal, people, at):
    def open_group(roll=28, mode="shared"):
        return support.open_group(
            proposal=proposal, mode=mode, gathering="school", age_band="9-12", roll=roll, closes_at=None,
            by=people.contributor, at=at,
        )  # fmt: skip

    return open_group


def vote(client, station, answers=None):
    body = {"sending": sending(), "answers": {"support": "yes"} if answers is None else answers, "words": {}}
    return client.post(f"/s/{station.code}/", json.dumps(body), content_type="application/json")


def page(client, proposal, name="proposal"):
    return client.get(reverse(f"participation:{name}", args=[proposal.public_id])).content.decode()


def test_a_child_reads_the_proposal_and_supports_it(client, group):
    station = group()
    shown = client.get(f"/s/{station.code}/").content.decode()
    assert "Des arbres dans la cour" in shown
    assert "Oui, je soutiens cette idée" in shown
    assert "119" in shown
    assert vote(client, station).json()["ok"]
    assert client.post(f"/s/{station.code}/", b'{"sending": "' + b"a" * 20 + b'", "answers": {"x": "y"}}',
                       content_type="application/json").status_code == 400  # fmt: skip


def test_the_child_s_page_costs_one_query(client, group, django_assert_num_queries):
    station = group()
    client.get(f"/s/{station.code}/")
    with django_assert_num_queries(1):
        client.get(f"/s/{station.code}/")


@pytest.mark.parametrize(("yes", "shown"), [(4, False), (5, True), (14, True)])
def test_the_count_is_read_at_the_end_and_not_when_small(client, proposal, group, people, at, yes, shown):
    station = group(roll=20)
    for _ in range(yes):
        assert vote(client, station).status_code == 200
    for _ in range(3):
        vote(client, station, answers={})
    assert queries.supports([proposal]) == {}
    assert "Le compte sera connu à la fin" in page(client, proposal)

    support.close_support(proposal=proposal, by=people.lead, at=at)
    proposal.refresh_from_db()
    assert queries.supports([proposal]) == {proposal.pk: yes}
    said = page(client, proposal).replace("\u202f", " ")
    assert (f"{yes} enfants ont voté pour elle" in said) is shown
    assert ("le nombre n’est pas montré" in said) is not shown
    assert all(not sums.findings for sums in verify())


def test_each_child_of_the_roll_votes_once(client, group):
    station = group(roll=2)
    assert [vote(client, station).status_code for _ in range(3)] == [200, 200, 409]


def test_a_link_is_open_to_all(client, group):
    assert vote(client, group(roll=None, mode="link")).status_code == 200


def test_one_vote_once_and_only_on_a_living_proposal(proposal, people, rouen, at):
    with pytest.raises(Refused, match="déjà eu lieu"):
        support.open_support(proposal=proposal, by=people.lead, at=at)
    for state in ("draft", "done", "impossible", "withdrawn"):
        with pytest.raises(Refused):
            support.open_support(proposal=proposal_in(state, organisation=rouen), by=people.lead, at=at)
    for who in (people.facilitator, people.neighbour, people.signatory):
        with pytest.raises(PermissionDenied):
            support.open_support(proposal=proposal_in("made", organisation=rouen), by=who, at=at)


def test_the_words_voted_on_do_not_change(proposal, people, at):
    with pytest.raises(Refused, match="sur ces mots"):
        actions.word(
            proposal=proposal, wording="Autre chose", theme="play", article=None, age_band="", group_name="",
            reason="Plus clair", by=people.lead, at=at,
        )  # fmt: skip


def test_closed_it_takes_no_more(client, proposal, group, people, at):
    station = group()
    support.close_support(proposal=proposal, by=people.lead, at=at)
    assert vote(client, station).status_code == 410
    with pytest.raises(Refused, match="clos"):
        group()


def test_from_the_page(client, rouen, people):
    proposal = proposal_in("made", organisation=rouen)
    client.force_login(people.contributor)
    door = lambda name: reverse(f"participation:{name}", args=[proposal.public_id])  # noqa: E731
    assert "vote de soutien est ouvert" in client.post(door("proposal_support"), follow=True).content.decode()
    refused = client.post(door("proposal_support_group"), {"mode": "shared", "gathering": "school"})
    assert refused.status_code == 422
    assert "combien d’enfants" in refused.content.decode()
    shown = client.post(
        door("proposal_support_group"), {"mode": "shared", "gathering": "school", "roll": "28"}, follow=True
    ).content.decode()
    proposal.refresh_from_db()
    assert proposal.box.stations.get().code in shown
    assert "0 sur 28 ont voté" in shown
    assert "clos, et compté" in client.post(door("proposal_support_close"), follow=True).content.decode()
