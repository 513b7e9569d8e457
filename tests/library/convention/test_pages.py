"""The Convention as anyone reads it: two wordings, what gathers on an article, few queries."""

import pytest

from marelle.library.models import Practice
from marelle.library.registry import gathered_on
from marelle.participation.enums import ProposalState
from tests.accounts.factories import CollectiviteFactory
from tests.library.factories import ResourceFactory
from tests.library.reference import article, the_convention
from tests.participation.factories import proposal_in


@pytest.fixture
def articles(db):
    return the_convention()


def test_the_42_rights_are_there_in_words_for_adults(articles, client):
    page = client.get("/convention/").content.decode()
    assert page.count('class="card') >= 42
    assert "Opinion de l’enfant" in page
    assert "Tu as le droit de donner ton avis" not in page
    assert "articles 43 à 54" in page


def test_one_link_turns_the_page_to_children_with_whom_to_call(articles, client):
    page = client.get("/convention/?mots=enfants").content.decode()
    assert "Tu as le droit de donner ton avis et d’être écouté" in page
    assert 'href="tel:119"' in page
    assert 'href="tel:3018"' in page
    assert 'href="?mots=enfants&amp;montrer=principes"' in page


def test_the_four_principles_alone(articles, client):
    page = client.get("/convention/?montrer=principes&mots=enfants&autre=<script>").content.decode()
    assert page.count('class="card principle"') == 4
    assert "script>" not in page.replace("<script src", "").replace("</script>", "")


def test_an_article_has_both_wordings_its_neighbours_and_whom_to_call(articles, client):
    page = client.get("/convention/12/").content.decode()
    assert article(12).wording in page
    assert article(12).child_wording in page
    assert 'rel="prev" href="/convention/11/"' in page
    assert 'rel="next" href="/convention/13/"' in page
    assert 'href="tel:119"' in page
    assert "Rien encore sur cet article" in page


@pytest.mark.parametrize(
    ("number", "there", "missing"), [(1, 'rel="next"', 'rel="prev"'), (42, 'rel="prev"', 'rel="next"')]
)
def test_the_first_and_the_last_have_one_neighbour(articles, client, number, there, missing):
    page = client.get(f"/convention/{number}/").content.decode()
    assert there in page
    assert missing not in page


def test_an_article_that_says_no_right_has_no_page(articles, client):
    assert client.get("/convention/43/").status_code == 404
    assert client.get("/convention/0/").status_code == 404


def test_before_the_articles_are_loaded_the_page_says_how(db, client):
    assert "load_library" in client.get("/convention/").content.decode()


def test_what_cites_an_article_gathers_on_it(articles, client, django_assert_max_num_queries):
    for number in range(8):
        ResourceFactory(live=True, articles=[12], title=f"Écouter {number}")
    ResourceFactory(live=False, articles=[12], title="Un brouillon")
    town = CollectiviteFactory()
    Practice.objects.create(title="Le conseil de quartier", slug="conseil", summary="…", organisation=town, live=True)
    Practice.objects.get().articles.add(article(12))
    proposal = proposal_in(ProposalState.MADE, article=12)
    with django_assert_max_num_queries(6):
        page = client.get("/convention/12/").content.decode()
    assert "Ressources <span" in page
    assert "(8)" in page
    assert page.count("Écouter ") >= 6
    assert 'href="/ressources/catalogue/?article=12"' in page
    assert "Un brouillon" not in page
    assert proposal.wording in page


def test_only_kinds_that_bring_something_are_shown(articles):
    ResourceFactory(live=True, articles=[31])
    assert [one.title for one in gathered_on(31, most=6)] == ["Ressources"]
