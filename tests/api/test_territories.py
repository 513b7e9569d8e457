import json
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache

from marelle.api.limits import PerMinute
from marelle.territories.models import Postcode, RetiredCode
from tests.territories.factories import DepartementFactory, EpciFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/territories"


@pytest.fixture
def rouen():
    departement = DepartementFactory(code="76", name="Seine-Maritime")
    epci = EpciFactory(code="200023414", name="Métropole Rouen Normandie", departement=departement, population=500703)
    rouen = TerritoryFactory(code="76540", name="Rouen", departement=departement, epci=epci, population=117662)
    Postcode.objects.create(code="76000", territory=rouen)
    return rouen


def test_a_search_finds_as_people_type(client, rouen):
    answer = client.get(ADDRESS, {"q": "ROUEN"})
    found = answer.json()
    assert answer.status_code == 200
    assert [(item["code"], item["kind"]) for item in found["items"]] == [("76540", "commune"), ("200023414", "epci")]
    assert found["items"][0]["label"] == "Rouen (76)"
    assert found["items"][0]["url"].endswith("/territoires/76540-rouen/")
    assert (found["total"], found["next"], found["approximate"]) == (2, None, False)


@pytest.mark.parametrize(("kind", "codes"), [("commune", ["76540"]), ("epci", ["200023414"])])
def test_one_may_ask_for_a_kind(client, rouen, kind, codes):
    assert [item["code"] for item in client.get(ADDRESS, {"q": "rouen", "kind": kind}).json()["items"]] == codes


def test_a_postcode_finds_its_communes(client, rouen):
    assert [item["code"] for item in client.get(ADDRESS, {"q": "76000"}).json()["items"]] == ["76540"]


def test_pages_are_linked(client):
    for number in range(5):
        TerritoryFactory(name=f"Ville {number}")
    seen, address = [], f"{ADDRESS}?q=ville&limit=2"
    while address:
        page = client.get(address).json()
        seen += [item["name"] for item in page["items"]]
        address = page["next"]
    assert sorted(seen) == [f"Ville {number}" for number in range(5)]
    assert len(seen) == 5


@pytest.mark.parametrize(
    "query", ["kind=region", "limit=0", "limit=101", "limit=x", "offset=-1", "offset=10000000000", "q=" + "a" * 201]
)
def test_a_parameter_that_cannot_be_is_refused_by_name(client, rouen, query):
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 422
    assert query.split("=")[0] in answer.json()["detail"]


@pytest.mark.parametrize("query", ["q=%00", "q=%FF", "q=%E9", "q=';--", "departement=%00", ""])
def test_hostile_words_find_nothing_and_break_nothing(client, rouen, query):
    assert client.get(f"{ADDRESS}?{query}").status_code == 200


def test_a_commune_by_its_code(client, rouen, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        found = client.get(f"{ADDRESS}/76540").json()
    assert found["epci"] == {"code": "200023414", "name": "Métropole Rouen Normandie"}
    assert found["postcodes"] == ["76000"]
    assert found["members"] == []


def test_an_epci_by_its_siren_with_its_members(client, rouen):
    found = client.get(f"{ADDRESS}/200023414").json()
    assert found["members"] == [{"code": "76540", "name": "Rouen", "population": 117662}]


@pytest.mark.parametrize("code", ["99999", "x", "76540-rouen", "é", "9" * 500, "2A004"])
def test_an_unknown_code_is_not_found_in_json(client, rouen, code):
    answer = client.get(f"{ADDRESS}/{code}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Aucun territoire ne porte ce code."}


def test_a_nul_is_refused_before_anything_is_looked_for(client, rouen):
    assert client.get(f"{ADDRESS}/%00").status_code == 400


def test_a_retired_code_leads_to_the_successor(client, rouen):
    RetiredCode.objects.create(code="76999", territory=rouen)
    TerritoryFactory(code="76001", ended_on=date(2026, 1, 1), became=rouen)
    for code in ("76999", "76001"):
        answer = client.get(f"{ADDRESS}/{code}")
        assert (answer.status_code, answer["Location"]) == (308, f"{ADDRESS}/76540")
        assert answer.json()["became"] == {"code": "76540", "name": "Rouen"}
    assert answer.json()["ended_on"] == "2026-01-01"


def test_what_ended_without_a_successor_is_gone(client):
    TerritoryFactory(code="76001", ended_on=date(2026, 1, 1))
    answer = client.get(f"{ADDRESS}/76001")
    assert (answer.status_code, answer.json()["became"]) == (410, None)


def test_the_committed_openapi_is_the_one_served(client):
    """After a change: `curl …/api/v1/openapi.json | python -m json.tool --no-ensure-ascii > docs/openapi.json`."""
    committed = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())
    assert client.get("/api/v1/openapi.json").json() == committed


def test_too_many_requests_are_told_so_in_plain_words(client, rouen, monkeypatch):
    monkeypatch.setattr(PerMinute, "allow_request", lambda self, request: False)
    answer = client.get(ADDRESS)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 61
    assert answer.json()["detail"].startswith("Trop de demandes en une minute.")


def test_the_limit_is_shared_by_all_processes(rf):
    cache.clear()
    now = [0.0]
    first, second = (PerMinute(limit=20, told_every=5, clock=lambda: now[0]) for _ in range(2))
    request = rf.get(ADDRESS)
    assert all(limit.allow_request(request) for _ in range(10) for limit in (first, second))
    assert not second.allow_request(request)
    other = rf.get(ADDRESS, REMOTE_ADDR="192.0.2.7")
    assert second.allow_request(other), "another address is not concerned"
    now[0] = 61.0
    assert second.allow_request(request), "the next minute is a new one"
    cache.clear()
