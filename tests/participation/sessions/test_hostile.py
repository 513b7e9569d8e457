"""Each form of the adult of a group filled badly, field by field: never a 500, and nothing happens."""

import pytest
from django.urls import reverse

from marelle.ballots.models import Bundle
from marelle.participation.actions import papers
from marelle.participation.models import Session
from tests.house.test_bad_input import TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def bundle(group, teacher, at):
    return papers.enter(session=group, age_band="", sheets=5, cells={}, words={}, by=teacher, at=at)


@pytest.fixture
def forms(consultation, school, group, bundle):
    """{what: (address, fields filled well)}."""
    one, sheets = [group.public_id], [group.public_id, bundle.public_id]
    place = school.territory
    counts = {"sheets": "25", "age_band": "6-8", "n2-0": "2", "n3-0": "3", "b3": "1", "n4-0-1": "4", "w6": "Un arbre"}
    return {
        "open": (
            reverse("participation:session_new", args=[consultation.public_id]),
            {
                "organisation": school.public_id, "title": "CE2 B", "roll": "28", "mode": "tickets",
                "gathering": "school", "age_band": "6-8", "territory": place.name, "territory_code": place.code,
                "territory_for": place.name, "stays": "today",
            },
        ),
        "roll": (reverse("participation:session_roll", args=one), {"roll": "28", "feuilles": bundle.public_id}),
        "sheets": (reverse("participation:paper_enter", args=one), counts),
        "correct": (reverse("participation:paper_correct", args=sheets), counts),
        "count": (reverse("participation:paper_bundle", args=sheets), {"sheets": "5"}),
    }  # fmt: skip


@pytest.mark.parametrize("wrong", TEXTS)
@pytest.mark.parametrize("what", ["open", "roll", "sheets", "correct", "count"])
def test_a_field_gone_wrong_breaks_nothing(client, forms, teacher, what, wrong):
    client.force_login(teacher)
    address, good = forms[what]
    for name in good:
        assert client.post(address, good | {name: TEXTS[wrong]}).status_code in {200, 302, 422}, name
    assert client.post(address, dict.fromkeys(good, TEXTS[wrong])).status_code in {200, 302, 422}


@pytest.mark.parametrize("what", ["open", "roll", "sheets", "correct", "count"])
def test_nothing_sent_changes_nothing(client, forms, teacher, what, bundle):
    client.force_login(teacher)
    assert client.post(forms[what][0], {}).status_code in {200, 422}
    assert (Session.objects.count(), Bundle.objects.count()) == (1, 1)
    bundle.refresh_from_db()
    assert (bundle.sheets, bundle.confirmed_at) == (5, None)


@pytest.mark.parametrize("query", ["?page=x", "?page=-1", "?page=99999999999999999999", "?page=%00"])
def test_a_list_takes_any_page(client, teacher, query):
    client.force_login(teacher)
    assert client.get(reverse("participation:sessions") + query).status_code == 200
