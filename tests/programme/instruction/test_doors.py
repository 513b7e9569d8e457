"""Who opens which door of the instruction, read from the URL configuration itself; and what never leaves the team."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marelle.programme.actions import corrections, messages, notes, opinions
from marelle.programme.urls.instruction import urlpatterns
from tests.programme.instruction.conftest import INSIDE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def doors(everything):
    """Every door of the instruction with its address, from the URL configuration itself."""
    for door in urlpatterns:
        wanted = door.pattern.converters
        arguments = {name: everything[name] for name in wanted}
        if str(door.pattern).startswith("avis/") and wanted:
            arguments["public_id"] = everything["opinion_id"]
        yield door.name, reverse(f"programme:{door.name}", kwargs=arguments)


ABOUT_NO_FILE = {"opinions", "assignments", "takeover", "take_back"}
"""Doors that are not about one file: closed by role, or showing only what is one's own."""


@pytest.mark.parametrize("who", ["volunteer_elsewhere", "lead_elsewhere", "stranger", "safeguarding"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_refused_everywhere(who, method, client, people, everything):
    client.force_login(getattr(people, who))
    for name, address in doors(everything):
        status = getattr(client, method)(address).status_code
        if name == "opinions":
            assert status == (200 if method == "get" else 405)
        elif name in ABOUT_NO_FILE:
            assert status == 403 or (name == "take_back" and (method, status) == ("get", 405)), name
        elif status != 405:
            assert status == 404, (name, status)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_person_who_is_not_signed_in_goes_to_the_door(method, client, everything):
    for name, address in doors(everything):
        response = getattr(client, method)(address)
        assert response.status_code in {302, 405}, name
        if response.status_code == 302:
            assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("who", ["lead", "elected", "contributor", "signatory"])
def test_the_collectivite_finds_its_messages_and_nothing_of_the_study(who, client, people, everything):
    client.force_login(getattr(people, who))
    open_ = {"messages", "message_document", "opinions"}
    for name, address in doors(everything):
        status = client.get(address).status_code
        assert (status == 200) == (name in {"messages", "opinions"}), (name, status)
        if name not in open_ | {"settle_message"}:
            assert status in {403, 404, 405}
            assert client.post(address, {"text": "x", "reason": "x"}).status_code in {403, 404, 405}, name


SENTINEL = "SENTINELLE-7k3m"


def test_a_note_and_an_opinion_never_leave_the_team(client, candidacy, people, everything, at, commit, mailoutbox):
    """Every page, mail and print that the collectivité or an expert can get is searched for words of the team."""
    with commit():
        notes.add(candidacy=candidacy, text=f"{SENTINEL} note", question="conseil", by=people.adviser, at=at)
        notes.add(candidacy=candidacy, text=f"{SENTINEL} note", by=people.volunteer, at=at)
        asked = opinions.ask(
            candidacy=candidacy, asked_of=people.volunteer, question=f"{SENTINEL} demande", is_confidential=False,
            due_on=at.date() + timedelta(days=9), by=people.adviser, at=at,
        )  # fmt: skip
        opinions.give(opinion=asked, advice="reserved", text=f"{SENTINEL} avis", by=people.volunteer, at=at)
        correction = corrections.ask(
            candidacy=candidacy, items={"conseil": "À préciser"}, due_on=at.date() + timedelta(days=9),
            stops_clock=True, by=people.adviser, at=at,
        )  # fmt: skip
        messages.write(candidacy=candidacy, text="Bonjour", by=people.adviser, at=at)
    outsiders = [people.lead, people.elected, people.contributor, people.signatory, people.expert]
    addresses = [address for _name, address in doors(everything)] + other_addresses(candidacy, correction)
    seen = 0
    for person in outsiders:
        client.force_login(person)
        for address in addresses:
            response = client.get(address)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            assert SENTINEL.encode() not in content, (person, address)
            seen += response.status_code == 200
    assert seen > 10
    away = {person.email for person in outsiders}
    for mail in mailoutbox:
        if set(mail.to) & away:
            assert SENTINEL not in mail.subject + mail.body + str(mail.alternatives), mail.subject


def other_addresses(candidacy, correction):
    """Doors of the file, the candidacy and the API, by introspection: whatever takes a file's public id."""
    from django.urls import NoReverseMatch, get_resolver

    found = ["/", f"/api/v1/territories/{candidacy.territory.code}"]
    for name in get_resolver().namespace_dict["programme"][1].reverse_dict:
        for arguments in ([], [candidacy.public_id], [candidacy.public_id, "ecouter"], [candidacy.public_id, 1]):
            if isinstance(name, str):
                try:
                    found.append(reverse(f"programme:{name}", args=arguments))
                except NoReverseMatch:
                    continue
    return found


@pytest.mark.parametrize("who", ["adviser", "manager", "head", "volunteer"])
def test_the_team_reads_notes_beside_the_answers(who, client, candidacy, people, everything, at):
    notes.add(candidacy=candidacy, text=f"{SENTINEL} note", question="conseil", by=people.adviser, at=at)
    client.force_login(getattr(people, who))
    assert SENTINEL in client.get(reverse("programme:review", args=[candidacy.public_id])).text
    printed = client.get(reverse("programme:review_print", args=[candidacy.public_id]))
    assert printed.status_code == 200
    assert SENTINEL not in printed.text


def test_inside_people_open_the_reading_page_as_the_table_says(client, people, candidacy):
    for role, person in vars(people).items():
        client.force_login(person)
        status = client.get(reverse("programme:review", args=[candidacy.public_id])).status_code
        wanted = 403 if role in {"lead", "elected", "contributor", "signatory"} else 200 if role in INSIDE else 404
        assert status == wanted, role
