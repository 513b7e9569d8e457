"""What a question finds, in which order."""

import pytest

from marelle.library.actions.search import refresh
from marelle.library.models import SearchEntry
from marelle.library.queries.search.facts import facts
from marelle.library.queries.search.finding import answer

from .entries import index

pytestmark = pytest.mark.django_db


def found(text, skip=0, take=20, **more):
    result = answer(text, facts=facts(), **more)
    titles = {e.pk: e.title for e in SearchEntry.objects.all()}
    return [titles[pk] for pk in result.page(skip, take)]


@pytest.fixture
def some(shelf):
    shelf.put("La cantine sans gaspillage", "Peser ce qui reste, décider ensemble.", ages=(6, 11))
    shelf.put("Dessiner la cour de récréation", "Un plan, des gommettes et une promenade.", ages=(3, 6))
    shelf.put("Le droit d’être entendu", "Une affiche sur l’article 12 de la Convention.", articles=(12,), ages=(8, 18))
    shelf.put("L’égalité entre filles et garçons", "Un jeu de rôle.", ages=(9, 14))
    shelf.put("Installer un conseil municipal des enfants", "Pas à pas.", body="Le CME élit ses membres.", ages=(9, 11))
    index()
    return shelf


@pytest.mark.parametrize(
    "typed", ["cantine", "CANTINES", "la cantine", "restaurant scolaire", "cantin", "cantime", "cantines scolaire"]
)
def test_a_word_is_found_whatever_its_form(some, typed):
    assert found(typed)[0] == "La cantine sans gaspillage"


@pytest.mark.parametrize("typed", ["égalité", "egalite", "ÉGALITÉ", "égalites", "l'egalité", "egal"])
def test_accents_do_not_matter(some, typed):
    assert found(typed)[:1] == ["L’égalité entre filles et garçons"]


@pytest.mark.parametrize("typed", ["CME", "conseil municipal des enfants", "conseil d’enfants", "cme"])
def test_an_expression_and_its_letters_are_one(some, typed):
    assert found(typed)[0] == "Installer un conseil municipal des enfants"


def test_an_article_of_the_convention_is_one_word(some):
    assert found("article 12") == ["Le droit d’être entendu"]
    assert found("art. 12") == ["Le droit d’être entendu"]
    assert found("article 13") == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("4 ans", {"Dessiner la cour de récréation"}),
        ("maternelle", {"Dessiner la cour de récréation"}),
        ("dès 15 ans", {"Le droit d’être entendu"}),
        ("moins de 5 ans", {"Dessiner la cour de récréation"}),
        ("jeu 9-14 ans", {"L’égalité entre filles et garçons"}),
    ],
)
def test_ages_are_understood(some, typed, first):
    assert found(typed)[0] in first


def test_every_word_comes_before_some(shelf):
    shelf.put("Cantine", "cantine")
    shelf.put("Une page", "", body="des droits, et une cantine")
    shelf.put("Les droits")
    shelf.put("Les droits encore")
    index()
    assert found("droits cantine")[:2] == ["Une page", "Cantine"]


def test_what_says_less_than_half_of_the_question_does_not_answer_it(shelf):
    shelf.put("Le potager de l’école")
    for n in range(20):
        shelf.put(f"École {n}")
    index()
    assert found("potager hydroponique école") == ["Le potager de l’école"]


def test_the_title_that_says_just_this_comes_first(shelf):
    shelf.put("Les droits de l’enfant expliqués aux parents de la commune")
    shelf.put("Les droits de l’enfant")
    shelf.put("Autre chose", "Les droits de l’enfant")
    index()
    assert found("droits de l'enfant")[0] == "Les droits de l’enfant"


def test_a_rare_word_weighs_more_than_a_common_one(shelf):
    for n in range(30):
        shelf.put(f"Activité {n}", "Pour la classe.")
    shelf.put("Le potager", "Une activité au jardin.")
    shelf.put("Autre activité", "", body="rien")
    index()
    assert found("activité potager")[0] == "Le potager"


def test_the_freshest_comes_first_between_equals(shelf, at):
    shelf.put("Un potager", key="a", dated=at.date().replace(year=2024))
    shelf.put("Un potager", key="b", dated=at.date())
    shelf.put("Un potager", key="c")
    index()
    keys = {e.pk: e.key for e in SearchEntry.objects.all()}
    assert [keys[pk] for pk in answer("potager", facts=facts()).page(0, 5)] == ["b", "a", "c"]


def test_typos_are_forgiven_where_nothing_is_written_so(some):
    result = answer("cantime", facts=facts())
    assert [(one.said, one.written) for one in result.corrections] == [("cantime", "cantine")]
    assert answer("cantime", facts=facts(), exact=True).total == 0


def test_words_glued_together_are_two(some):
    assert found("conseilmunicipal")[0] == "Installer un conseil municipal des enfants"
    assert found("jeudepaume") == []


def test_narrowing_counts_what_is_left(shelf):
    shelf.put("Cantine des petits", ages=(3, 6))
    shelf.put("Cantine des grands", ages=(12, 15))
    shelf.put("Cantine de tous", ages=(6, 12))
    shelf.put("Potager", ages=(6, 12))
    index()
    wide = answer("cantine", facts=facts())
    assert wide.counts("age", {"6": ["6"], "12": ["12"]}) == {"6": 2, "12": 2}
    narrow = answer("cantine", facts=facts(), chosen={"age": ("12",)})
    assert narrow.total == 2
    assert narrow.counts("age", {"6": ["6"], "12": ["12"]}) == {"6": 2, "12": 2}


def test_what_is_withdrawn_is_gone_with_its_words(some):
    some.things.pop("resource-1")
    refresh("resource", "resource-1")
    result = answer("cantine gaspillage", facts=facts())
    assert result.total == 0
    assert result.corrections == ()


def test_what_changed_is_found_under_its_new_words(some):
    some.change("resource-1", title="Le goûter", summary="")
    refresh("resource", "resource-1")
    assert found("goûter") == ["Le goûter"]
    assert found("gaspillage") == []


def test_reading_everything_again_changes_nothing(some):
    assert index().repaired == 0


def test_what_was_written_behind_its_back_is_repaired(some):
    some.things.pop("resource-2")
    some.change("resource-1", summary="Autre.")
    some.put("Nouvelle")
    counts = index()
    assert (counts.added, counts.changed, counts.removed) == (1, 1, 1)
    assert found("nouvelle") == ["Nouvelle"]


@pytest.mark.parametrize(
    "typed",
    ["", "   ", '"', "''", "*", "NEAR(", "a AND b", "title:x", "-droit", "(((", "é" * 300, "😀", "a" * 10_000, "mot " * 3000,
     "\ud800", "%_", "\\", "'; DROP TABLE library_searchentry; --", "droit:* & !enfant | <->", "٣ سنوات", "{}", "1" * 50],
)  # fmt: skip
def test_nothing_that_is_typed_breaks(some, typed):
    result = answer(typed, facts=facts())
    result.page(0, 12)
    result.counts("age", {"6": ["6"]})
