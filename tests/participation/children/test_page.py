"""The page itself: one query, no cookie, made once, light, in words a child reads."""

import gzip
import re

import pytest

from marelle.ballots.actions import stations
from marelle.ballots.enums import Mode
from marelle.ballots.models import Station
from marelle.ballots.queries import doors
from marelle.participation.models import Consultation
from marelle.participation.queries import children as queries
from marelle.participation.views import kept
from tests.participation.factories import AT, open_consultation, session_of

from .questionnaire import EVERY_KIND

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, station):
    def get(path=None, **headers):
        return client.get(path or f"/s/{station.code}/", headers=headers)

    return get


def test_every_question_is_its_own_screen_in_one_form(page):
    html = page().content.decode()
    assert html.count("<form") == 1
    assert re.findall(r'class="screen question" id="q-(\w+)"', html) == [
        "age", "manque", "jeux", "aime", "note", "seul", "quoi", "ordre", "lieu",
    ]  # fmt: skip
    assert "Personne ne saura que c’est toi" in html
    assert "Nadia Lefèvre" in html
    assert "31 janvier 2027" in html
    assert 'href="tel:119"' in html
    assert 'href="tel:3018"' in html


def test_it_costs_one_query_once_it_was_made(page, django_assert_num_queries):
    page()
    with django_assert_num_queries(1):
        page()


def test_the_query_written_by_hand_finds_what_the_orm_would(station_in):
    for one in [station_in(mode) for mode in (Mode.TICKETS, Mode.SHARED, Mode.LINK)]:
        found = queries.station_of(one.code)
        plain = Station.objects.only(*doors.FIELDS).get(code=one.code)
        assert all(getattr(found, name) == getattr(plain, name) for name in doors.FIELDS)
        assert found.get_deferred_fields() == plain.get_deferred_fields()
    assert queries.station_of("zzzzzz") is None


def test_a_spelling_corrected_is_seen_a_moment_later(page, consultation, monkeypatch):
    page()
    Consultation.objects.filter(pk=consultation.pk).update(title="Notre square")
    monkeypatch.setattr(queries, "FRESH", 0)
    assert "Notre square" in page().content.decode()


def test_it_sets_no_cookie_and_asks_for_none(page, client):
    assert not page().cookies
    assert not client.cookies
    assert "csrf" not in page().content.decode()


def test_two_children_get_the_same_page_but_for_the_name_of_their_sending(page):
    one, other = page().content.decode(), page().content.decode()
    names = [re.search(r'name="sending" value="([\w-]{32})"', html)[1] for html in (one, other)]
    assert names[0] != names[1]
    assert one.replace(names[0], "") == other.replace(names[1], "")


def test_going_back_never_shows_what_was_already_sent(page):
    assert page()["Cache-Control"] == "no-store"


def test_it_travels_packed_and_says_the_same(page):
    packed = page(**{"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    hide = re.compile(rb'(?<=name="sending" value=")[\w-]{32}')
    assert hide.sub(b"", gzip.decompress(packed.content)) == hide.sub(b"", page().content)
    assert len(packed.content) < 20_000


def test_a_submission_costs_four_queries_at_most(send, station, django_assert_max_num_queries, page):
    page()
    send(station)
    with django_assert_max_num_queries(6) as seen:  # with the savepoint that stands for BEGIN and COMMIT in a test
        send(station, q__manque="wc")
    assert len([q for q in seen.captured_queries if "SAVEPOINT" not in q["sql"]]) <= 4


def test_another_consultation_with_the_same_questions_is_another_page(page, client):
    page()
    other = session_of(open_consultation(draft=EVERY_KIND, title="Notre square"), mode=Mode.SHARED).station
    assert "Notre square" in client.get(f"/s/{other.code}/").content.decode()


def test_what_is_kept_is_bounded(monkeypatch, page, station_in, client):
    monkeypatch.setattr(kept, "MOST", 3)
    for _ in range(6):
        client.get(f"/s/{station_in().code}/")
    assert len(kept._pages) <= 3


def test_the_code_may_be_typed_in_capitals_and_with_spaces(client, station):
    typed = " ".join(station.code.upper())
    response = client.get("/s/", {"code": typed})
    assert response["Location"] == f"/s/{station.code}/"
    assert client.get(f"/s/{station.code.upper()}/").status_code == 200


def test_a_ticket_is_asked_only_where_there_are_tickets(client, station, station_in):
    tickets = station_in(Mode.TICKETS)
    assert 'id="t0"' in client.get(f"/s/{tickets.code}/").content.decode()
    assert 'id="t0"' not in client.get(f"/s/{station.code}/").content.decode()


def test_the_drawings_of_tickets_are_three_files_not_144(client, station_in):
    html = client.get(f"/s/{station_in(Mode.TICKETS).code}/").content.decode()
    assert len(set(re.findall(r'src="([^"#]*tickets-[^"#]*)#', html))) == 3


def test_a_closed_session_says_so_kindly(client, station, consultation):
    stations.close(station=station, by=consultation.created_by, at=AT)
    response = client.get(f"/s/{station.code}/")
    assert response.status_code == 410
    assert "finie" in response.content.decode()


def test_on_paper_the_child_is_sent_to_the_sheet(client, station_in):
    assert "feuille" in client.get(f"/s/{station_in(Mode.PAPER).code}/").content.decode()


@pytest.mark.parametrize("path", ["/s/", "/s/aide/", "/s/abc234/merci/", "/s/zzzzzz/"])
def test_help_is_on_every_page(client, db, path):
    html = client.get(path).content.decode()
    assert 'href="tel:119"' in html
    assert 'href="tel:3018"' in html


def test_the_questions_speak_the_language_chosen_and_arabic_goes_from_right_to_left(client, station_in):
    draft = {
        "languages": ["fr", "ar"],
        "sections": [
            {
                "key": "s",
                "title": {},
                "questions": [
                    {"key": "a", "kind": "yes_no", "text": {"fr": "Ça va\u202f?", "ar": "كيف حالك؟"}},
                ],
            }
        ],
    }
    station = session_of(open_consultation(draft=draft, languages=["fr", "ar"]), mode=Mode.SHARED).station
    html = client.get(f"/s/{station.code}/?l=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert "كيف حالك؟" in html
    assert '<span lang="fr" data-say>Oui</span>' in html
    assert '<html lang="fr">' in client.get(f"/s/{station.code}/?l=xx").content.decode()


def test_the_worker_keeps_the_style_and_the_script(client):
    response = client.get("/s/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert "participation/child.css" in response.content.decode()


def test_a_condition_is_written_for_those_without_a_script(page):
    assert "Réponds seulement si tu as choisi «\u202fOui\u202f» à la question 6" in page().content.decode()
