"""A child votes on their own screen, or on paper: the same election."""

import pytest
from django.urls import reverse

from marelle.ballots.enums import Gathering, Mode
from marelle.participation.actions import candidates, elections
from marelle.participation.models import Election
from marelle.participation.queries import children
from marelle.participation.queries import elections as queries

pytestmark = pytest.mark.django_db


def open_class(election, lead, at, mode=Mode.SHARED, roll=3):
    return elections.open_class(
        election=election, organisation=lead.memberships.get().organisation, title="CM1 B", mode=mode,
        gathering=Gathering.SCHOOL, roll=roll, by=lead, at=at,
    )  # fmt: skip


def test_the_screen_shows_the_cards_and_no_longer_one_who_renounces(client, opened, lead, at):
    election = opened()
    session = open_class(election, lead, at)
    door = reverse("participation:child_session", args=[session.station.code])
    page = client.get(door).content.decode()
    assert "Pour qui votes-tu" in page
    assert all(name in page for name in ("Ana", "Bilal", "Chloé", "Plus de jeux"))
    candidates.withdraw(candidate=election.candidates.get(first_name="Ana"), by=lead, at=at)
    children.forget()  # a few seconds later
    page = client.get(door).content.decode()
    assert "Ana" not in page
    assert "Bilal" in page


def test_the_console_of_a_class_tells_how_many_never_what(client, opened, vote, lead):
    election = opened()
    session = vote(election, ["Ana"], ["Ana"], ["Bilal"])
    client.force_login(lead)
    page = client.get(reverse("participation:session", args=[session.public_id])).content.decode()
    assert "Élection du conseil" in page
    assert "Bilal" not in page
    assert "Chloé" not in page
    assert client.get(reverse("participation:sessions")).status_code == 200


def test_sheets_of_an_election_are_typed_read_back_and_confirmed(client, opened, lead, at):
    election = opened(seats=1)
    session = open_class(election, lead, at, mode=Mode.PAPER)
    client.force_login(lead)
    typing = reverse("participation:paper_enter", args=[session.public_id])
    page = client.get(typing).content.decode()
    assert "Bilal" in page
    console = client.get(reverse("participation:session", args=[session.public_id])).content.decode()
    assert reverse("participation:election_ballot", args=[election.public_id]) in console
    form = client.get(typing).context["form"]
    names = {f.label: name for name, f in form.fields.items()}
    data = dict.fromkeys(form.fields, "") | {"sheets": "2", "age_band": ""}
    # One stroke for Bilal, one for Chloé, two sheets filled in.
    for label, name in names.items():
        if "Bilal" in str(label) or "Chloé" in str(label):
            data[name] = "1"
    answered = [name for name in form.fields if name.endswith("answered") or "*" in name]
    for name in answered:
        data[name] = "2"
    response = client.post(typing, data)
    assert response.status_code == 302, response.context["form"].errors
    client.post(response.url, {"sheets": "2"})
    election = elections.close(election=Election.objects.get(pk=election.pk), by=lead, at=at)
    votes, ballots, named = queries.votes_of(election)
    assert (sum(votes.values()), ballots, named) == (2, 2, 2)
    assert [one.first_name for one in queries.tied(election)] == ["Bilal", "Chloé"]


def test_a_class_closed_by_mistake_opens_again(client, opened, lead, at):
    session = open_class(opened(), lead, at)
    client.force_login(lead)
    client.post(reverse("participation:session_close", args=[session.public_id]))
    client.post(reverse("participation:session_reopen", args=[session.public_id]))
    session.station.refresh_from_db()
    assert session.station.state == "open"
