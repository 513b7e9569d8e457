"""The page, as anyone reads it."""

import pytest
from django.urls import reverse

from marelle.library.registry import Found, own
from tests.accounts.factories import UserFactory
from tests.territories.factories import TerritoryFactory

from .entries import index, shelf_of

pytestmark = pytest.mark.django_db
SEARCH = reverse("library:search")


def read(client, q, **more):
    answer = client.get(SEARCH, {"q": q} | more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_box_shows_ways_in(client, shelf):
    page = client.get(SEARCH).content.decode()
    assert "Par âge" in page
    assert "noindex" not in page


def test_a_result_says_what_it_is_with_its_words_marked_and_nothing_else_unescaped(client, shelf):
    shelf.put("La <b>cantine</b>", "Peser & trier à la cantine.", body="<script>alert(1)</script>")
    index()
    page = read(client, "cantine")
    assert "La &lt;b&gt;<mark>cantine</mark>&lt;/b&gt;" in page
    assert "Peser &amp; trier à la <mark>cantine</mark>." in page
    assert "Ressource" in page


def test_the_extract_is_taken_from_where_the_words_are(client, shelf):
    shelf.put("Une fiche", "Un résumé.", body=f"{'bla ' * 300}Le compost nourrit le potager. {'bla ' * 300}")
    index()
    page = read(client, "compost potager")
    assert "<mark>compost</mark> nourrit le <mark>potager</mark>" in page
    assert page.count("bla") < 80


def test_an_answer_is_kept_until_the_index_changes(client, shelf, keeping, django_assert_num_queries):
    shelf.put("La cantine")
    index()
    first = read(client, "cantine")
    with django_assert_num_queries(2):  # the log, the index
        assert read(client, "cantine") == first
    shelf.put("Le menu de la cantine")
    assert read(client, "cantine") == first
    index()
    assert "Le menu de la <mark>cantine</mark>" in read(client, "cantine")


def test_a_typo_is_said_and_can_be_kept(client, shelf):
    shelf.put("La cantine")
    index()
    page = read(client, "cantime")
    assert "voici les résultats pour" in page
    assert "exact=1" in page
    assert "Nous n’avons rien trouvé" in read(client, "cantime", exact="1")


def test_nothing_found_says_which_word_and_what_to_do(client, shelf):
    shelf.put("La cantine")
    index()
    page = read(client, "zzzyx")
    assert "Aucune page publique ne contient «\u202fzzzyx\u202f»" in page
    assert reverse("portal:help") in page
    assert "La <mark>cantine</mark>" in read(client, "zzzyx cantine")


def test_facets_narrow_and_count(client, shelf):
    guides = shelf_of("guide", "guide", "guides")
    shelf.put("Cantine des petits", ages=(3, 5))
    shelf.put("Cantine des grands", ages=(12, 14))
    guides.put("Guide de la cantine")
    index()
    page = read(client, "cantine", nature="guide")
    assert "Guide de la <mark>cantine</mark>" in page
    assert "des petits" not in page
    assert "Tout enlever" in page
    assert "nature=guide&amp;nature=resource" in page
    narrow = read(client, "cantine", age="3-5")
    assert "des petits" in narrow
    assert "des grands" not in narrow
    assert "écarte tout" in read(client, "cantine", nature="guide", age="3-5")


def test_a_town_is_proposed_first(client, shelf):
    town = TerritoryFactory(name="Rouen", code="76540")
    shelf.put("Rouen fait sa cantine")
    index()
    page = read(client, "rouen")
    assert page.index(reverse("portal:territory", args=[town.code, town.slug])) < page.index("fait sa cantine")
    assert reverse("portal:territory", args=[town.code, town.slug]) not in read(client, "cantine")


def test_pages_turn_and_keep_what_was_asked(client, shelf):
    for n in range(30):
        shelf.put(f"Cantine {n}", ages=(6, 8))
    index()
    first, third = read(client, "cantine", age="6-8"), read(client, "cantine", age="6-8", page="3")
    assert first.count('search-result"') == 12
    assert third.count('search-result"') == 6
    assert "page=2" in first
    assert "age=6-8" in first
    assert read(client, "cantine", page="9999").count('search-result"') == 6


def test_six_queries_are_enough(client, shelf, django_assert_max_num_queries):
    for n in range(30):
        shelf.put(f"Cantine {n}", ages=(6, 8), articles=(12,))
    index()
    read(client, "cantine")
    with django_assert_max_num_queries(6):
        read(client, "cantines 6-8 ans")
    with django_assert_max_num_queries(6):
        read(client, "cantinne")


def test_suggestions_are_titles_that_anyone_may_read(client, shelf):
    shelf.put("L’égalité à l’école")
    shelf.put("Une cantine égalitaire")
    index()
    url = reverse("library:search_suggestions")
    assert client.get(url, {"q": "égali"}).content.decode().count("<option") == 2
    assert "L’égalité à l’école" in client.get(url, {"q": "egalite éco"}).content.decode()
    assert "<option" not in client.get(url, {"q": "e"}).content.decode()


def test_what_is_ones_own_is_found_by_oneself_alone(client, shelf):
    mine = UserFactory()
    secret = Found(key="1", title="Séance du CM2 sur la cantine", summary="", address="/seances/1/")
    own("session", "séance", find=lambda user, text: [secret] if user == mine else [])
    shelf.put("La cantine")
    index()
    client.force_login(mine)
    page = read(client, "cantine")
    assert "Dans vos espaces" in page
    assert "Séance du CM2" in page
    assert "Dans vos espaces" not in read(client, "potager")
    client.force_login(UserFactory())
    stranger = read(client, "cantine")
    assert "CM2" not in stranger
    client.logout()
    assert "CM2" not in read(client, "cantine")
    assert "Séance" not in client.get(reverse("library:search_suggestions"), {"q": "séance"}).content.decode()


@pytest.mark.parametrize(
    "q", ['"', "NEAR(", "*", "a OR b", "😀", "a" * 5000, "%00", "\\", "' OR 1=1", "<script>", "é" * 900]
)
def test_hostile_questions_get_a_page(client, shelf, q):
    shelf.put("La cantine")
    index()
    assert "<script>" not in read(client, q).partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    "more",
    [{"age": "x"}, {"article": "999"}, {"article": "²"}, {"nature": "nope"}, {"theme": "x" * 500}, {"page": "-1"}],
)
def test_hostile_facets_get_a_page(client, shelf, more):
    shelf.put("La cantine")
    index()
    read(client, "cantine", **more)
