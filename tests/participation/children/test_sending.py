"""What a child sends: counted once, refused in words they can act on, never a breakdown."""

import json

import pytest

from marelle.ballots.actions import stations
from marelle.ballots.enums import Mode
from marelle.ballots.models import Envelope, Ticket
from marelle.ballots.sealing import unseal
from marelle.participation.views import limits
from marelle.ui import pictograms
from tests.ballots.factories import sending
from tests.participation.factories import AT

pytestmark = pytest.mark.django_db


def stored(station):
    return [unseal(e.sealed, name=f"{station.pk}/{e.pk}") for e in Envelope.objects.filter(station=station)]


def test_answers_are_stored_and_the_child_is_thanked(send, station, client):
    response = send(station, q__manque="arbres", q__jeux=["ballon", "lire"], q__note="7")
    assert response.status_code == 303
    assert stored(station) == [{"a": {"manque": "arbres", "jeux": ["ballon", "lire"], "note": "7"}}]
    page = client.get(response["Location"]).content.decode()
    assert "Merci" in page
    assert "119" in page
    assert "3018" in page


def test_the_script_is_answered_in_json(send, station):
    assert send(station, json=True, q__manque="arbres").json() == {"ok": True, "help": False}


def test_a_sending_that_comes_twice_counts_once_and_is_answered_as_the_first_time(send, station):
    name = sending()
    replies = [send(station, json=True, name=name, q__manque="arbres").json() for _ in range(3)]
    assert replies == [{"ok": True, "help": False}] * 3
    assert len(stored(station)) == 1


def test_json_means_the_same(client, station):
    body = {"sending": sending(), "answers": {"manque": "wc", "ordre": ["eau", "jeux"]}, "words": {}}
    reply = client.post(f"/s/{station.code}/", json.dumps(body), content_type="application/json")
    assert reply.json()["ok"]
    assert stored(station) == [{"a": {"manque": "wc", "ordre": ["eau", "jeux"]}}]


def test_what_is_no_longer_asked_is_dropped(send, station):
    send(station, q__seul="no", q__quoi="Un copain")
    assert stored(station) == [{"a": {"seul": "no"}}]


def test_words_travel_beside_the_ticked_answers(send, station):
    send(station, q__seul="yes", q__quoi="  Un copain ou deux ")
    assert stored(station) == [{"a": {"seul": "yes"}, "w": {"quoi": "Un copain ou deux"}}]


def test_places_make_a_ranking(send, station):
    send(station, r__ordre__eau="1", r__ordre__jeux="3", r__ordre__calme="2", r__ordre__ombre="")
    assert stored(station) == [{"a": {"ordre": ["eau", "calme", "jeux"]}}]


def test_nothing_at_all_is_an_answer(send, station):
    assert send(station).status_code == 303
    assert stored(station) == [{"a": {}}]


def test_a_child_whose_words_worry_is_shown_help_at_once_and_no_address_tells_it(send, station):
    fields = {"q__seul": "yes", "q__quoi": "mon père me frappe le soir"}
    assert send(station, json=True, **fields).json() == {"ok": True, "help": True}
    response = send(station, **fields)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.index('class="panel warm"') < page.index('href="tel:119"')
    assert all("w" not in envelope for envelope in stored(station))


def test_a_child_whose_words_worry_is_shown_help_even_when_the_sending_is_refused(send, station_in):
    """A wrong ticket, a full group: they may not send again."""
    station, worry = station_in(Mode.TICKETS, roll=3), "mon père me frappe le soir"
    wrong = {"t0": "47", "t1": "47", "t2": "47", "q__seul": "yes"}
    refused = send(station, json=True, q__quoi=worry, **wrong)
    assert (refused.status_code, refused.json()["help"]) == (409, True)
    page = send(station, q__quoi=worry, **wrong).content.decode()
    assert page.index("Ce ticket ne marche pas") < page.index('class="panel warm"') < page.index('id="debut"')
    assert send(station, json=True, q__quoi="un banc", **wrong).json()["help"] == 0


def test_whoever_measures_what_passes_does_not_see_whose_words_worried(send, station):
    calm = send(station, json=True, q__seul="yes", q__quoi="plus d’arbres dans la cour")
    worried = send(station, json=True, q__seul="yes", q__quoi="mon père me frappe le soir")
    assert worried.json()["help"]
    assert not calm.json()["help"]
    assert len(calm.content) == len(worried.content)
    assert {name: len(value) for name, value in calm.items()} == {name: len(value) for name, value in worried.items()}


# --- Tickets -----------------------------------------------------------------------------------------------


@pytest.fixture
def with_tickets(station_in):
    station = station_in(Mode.TICKETS, roll=3)
    return station, [*station.tickets.values_list("code", flat=True)]


def drawn(code):
    return {f"t{place}": str(int(number)) for place, number in enumerate(code.split("-"))}


def test_three_drawings_open_and_are_used_up(send, with_tickets):
    station, codes = with_tickets
    assert send(station, q__manque="wc", **drawn(codes[0])).status_code == 303
    assert not Ticket.objects.filter(station=station, code=codes[0]).exists()


def test_three_words_do_too(send, with_tickets):
    station, codes = with_tickets
    typed = " ".join(pictograms.ticket_words(codes[0])).upper()
    assert send(station, tw=typed, q__manque="wc").status_code == 303


def test_a_used_ticket_gives_the_page_back_with_every_answer(send, with_tickets):
    station, codes = with_tickets
    send(station, q__manque="wc", **drawn(codes[0]))
    name = sending()
    fields = {
        "q__manque": "arbres",
        "q__seul": "yes",
        "q__quoi": "Un <banc>",
        "q__jeux": ["lire"],
        "r__ordre__eau": "2",
    }
    response = send(station, name=name, **fields, **drawn(codes[0]))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ce ticket ne marche pas" in page
    assert "Tes réponses sont gardées" in page
    assert 'name="q-manque" value="arbres" checked' in page
    assert 'name="q-jeux" value="lire" checked' in page
    assert "Un &lt;banc&gt;</textarea>" in page
    assert "<option selected>2</option>" in page
    assert name in page
    assert send(station, name=name, **fields, **drawn(codes[1])).status_code == 303


def test_a_wrong_ticket_is_noted_even_though_nothing_else_is(send, with_tickets):
    station, codes = with_tickets
    wrong = "00-00-00" if "00-00-00" not in codes else "01-01-01"
    reply = send(station, json=True, **drawn(wrong))
    assert (reply.status_code, reply.json()["why"], reply.json()["screen"]) == (409, "ticket", "t0")
    station.refresh_from_db()
    assert station.wrong_tries == 1
    assert stored(station) == []


def test_a_ticket_is_looked_at_before_ten_questions(client, with_tickets):
    station, codes = with_tickets

    def look(ticket):
        return client.post(
            f"/s/{station.code}/ticket/", f"ticket={ticket}", content_type="application/x-www-form-urlencoded"
        )

    assert look(codes[0]).json() == {"ok": True}
    assert look("99-99-99").json() == {"ok": False}
    replies = [look("chat+pomme+rien") for _ in range(40)]
    assert replies[-1].status_code == 429
    assert "débloquer" in replies[-1].json()["say"]


# --- Refusals ----------------------------------------------------------------------------------------------


def test_a_full_group_says_so_and_keeps_the_answers(send, station_in):
    station = station_in(roll=1)
    send(station, q__manque="wc")
    response = send(station, q__manque="arbres")
    assert response.status_code == 409
    assert "ont déjà répondu" in response.content.decode()
    assert 'value="arbres" checked' in response.content.decode()


def test_a_settled_session_takes_no_more(send, station, consultation):
    stations.close(station=station, by=consultation.created_by, at=AT)
    stations.settle(station=station, by=consultation.created_by, at=AT)
    reply = send(station, json=True, q__manque="wc")
    assert (reply.status_code, reply.json()["why"]) == (410, "shut")


def test_answers_that_waited_for_the_network_arrive_after_the_closing(send, station, consultation):
    stations.close(station=station, by=consultation.created_by, at=AT)
    assert send(station, json=True, q__manque="wc").json()["ok"]


def test_two_things_at_one_place_are_explained(send, station):
    response = send(station, r__ordre__eau="1", r__ordre__jeux="1")
    page = response.content.decode()
    assert response.status_code == 422
    assert "à la même place" in page
    assert 'href="#q-ordre"' in page


def test_too_many_choices_are_explained(send, station):
    assert "2 au plus" in send(station, q__jeux=["ballon", "lire", "cartes"]).content.decode()


def test_a_text_too_long_is_given_back(send, station):
    response = send(station, q__seul="yes", q__quoi="a" * 1001)
    assert response.status_code == 422
    assert "a" * 1001 in response.content.decode()


def test_an_open_link_is_slowed_to_the_pace_of_a_school(send, station_in, settings):
    settings.OPEN_LINK_PER_MINUTE = 3
    station = station_in(Mode.LINK)
    replies = [send(station, json=True) for _ in range(4)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert replies[-1].json()["why"] == "crowded"


def test_an_unknown_code_is_answered_kindly(client, db):
    response = client.get("/s/zzzzzz/")
    assert response.status_code == 404
    assert "n’ouvre rien" in response.content.decode()
    assert client.post("/s/zzzzzz/", b"{}", content_type="application/json").json()["why"] == "unknown"


def test_sixty_unknown_codes_an_hour_then_no_more_but_the_right_one_always_opens(client, station, monkeypatch):
    monkeypatch.setattr(limits, "time", lambda: 3600.0 * 1000)
    doors = ["/s/zzzzzz/", "/s/zzzzzz/son/q/fr/"] * (limits.UNKNOWN_PER_HOUR // 2)
    assert {client.get(door).status_code for door in doors} == {404}

    late = client.get("/s/zzzzzz/")
    assert late.status_code == 429
    assert "Demande le bon à l’adulte" in late.content.decode()
    assert client.post("/s/zzzzzz/ticket/", {"ticket": "a-b-c"}).status_code == 429
    assert client.post("/s/zzzzzz/", b"{}", content_type="application/json").json()["why"] == "unknown"
    assert client.get(f"/s/{station.code}/").status_code == 200
    assert client.get("/s/zzzzzz/", REMOTE_ADDR="192.0.2.7").status_code == 404

    monkeypatch.setattr(limits, "time", lambda: 3600.0 * 1001)
    assert client.get("/s/zzzzzz/").status_code == 404


# --- Hostile payloads --------------------------------------------------------------------------------------

GOOD = "sending=" + "a" * 20
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
HOSTILE = [
    (FORM, b""),
    (FORM, b"sending=short"),
    (FORM, GOOD.encode() + b"&sending=" + b"b" * 20),
    (FORM, GOOD.encode() + b"&q-unknown=1"),
    (FORM, GOOD.encode() + b"&q-manque=nothing"),
    (FORM, GOOD.encode() + b"&q-manque=wc&q-manque=arbres"),
    (FORM, GOOD.encode() + b"&q-jeux=lire&q-jeux=lire"),
    (FORM, GOOD.encode() + b"&q-quoi=%00&q-seul=yes"),
    (FORM, GOOD.encode() + b"&q-quoi=%ff%fe&q-seul=yes"),
    (FORM, GOOD.encode() + b"&q-quoi=\xff\xfe"),
    (FORM, GOOD.encode() + b"&r-ordre-eau=-1"),
    (FORM, GOOD.encode() + b"&r-ordre-eau=1e9"),
    (FORM, GOOD.encode() + b"&t0=99&t1=1&t2=1"),
    (FORM, GOOD.encode() + b"&t0=%D9%A1&t1=1&t2=1"),
    (FORM, GOOD.encode() + b"&x=1" * 5000),
    (FORM, GOOD.encode() + b"&q-quoi=" + b"a" * 70_000),
    ("multipart/form-data; boundary=x", b"--x--"),
    ("", GOOD.encode()),
    (JSON, b""),
    (JSON, b"[]"),
    (JSON, b"null"),
    (JSON, b"\xff"),
    (JSON, b"[" * 60_000),
    (JSON, b'{"a":' * 10_000),
    (JSON, b'{"sending": 7}'),
    (JSON, json.dumps({"sending": "a" * 20, "answers": []}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "answers": {"manque": {"x": 1}}}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "answers": {"manque": ["wc"]}}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "answers": {"jeux": [["lire"]]}}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "answers": {"quoi": "hors de sa place"}}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "words": {"manque": "wc"}}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "words": {"quoi": 3}}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "answers": {"seul": "yes"}, "words": {"quoi": "\ud800"}}).encode()),
    (JSON, json.dumps({"sending": "\ud800" * 20}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "admin": True}).encode()),
    (JSON, json.dumps({"sending": "a" * 20, "ticket": {"$ne": ""}}).encode()),
    (JSON, b'{"sending": "aaaaaaaaaaaaaaaaaaaa", "answers": {"note": 1' + b"0" * 5000 + b"}}"),
]


@pytest.mark.parametrize(("kind", "body"), HOSTILE, ids=range(len(HOSTILE)))
def test_what_no_page_of_ours_sends_is_refused_without_a_breakdown(client, station, kind, body):
    response = client.post(f"/s/{station.code}/", body, content_type=kind)
    assert response.status_code == 400
    assert stored(station) == []


@pytest.mark.parametrize(("kind", "body"), HOSTILE, ids=range(len(HOSTILE)))
def test_nor_does_the_look_at_a_ticket_break(client, with_tickets, kind, body):
    assert client.post(f"/s/{with_tickets[0].code}/ticket/", body, content_type=kind).status_code in {200, 400}


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000, "-1", "1e3"])
def test_a_number_that_is_none_is_a_ticket_refused_and_the_page_again(send, with_tickets, number):
    """Two drawings of three, one of them impossible: the page comes back, nothing breaks."""
    response = send(with_tickets[0], t0=number, t1="", t2="", tw="")
    assert response.status_code == 409
    assert Ticket.objects.filter(station=with_tickets[0]).count() == 3
