"""The articles and the themes ship with Marelle; taking them in can be done again at each upgrade."""

import pytest
from django.core.management import call_command

from marelle.audit.models import Entry
from marelle.library import definition
from marelle.library.actions.reference import load
from marelle.library.models import Article, Theme
from marelle.participation.definition import ARTICLES
from marelle.participation.definition.readability import WORD
from tests.house.test_words import badly_set


def test_the_four_principles_are_marked():
    assert [number for number, one in definition.convention().items() if one.principle] == [2, 3, 6, 12]


def test_every_article_has_two_wordings_and_a_drawing_of_its_own():
    articles = definition.convention().values()
    assert len(articles) == 42
    assert all(one.wording != one.child_wording and one.right for one in articles)
    assert len({one.picto for one in articles}) == len(articles)


@pytest.mark.parametrize("one", definition.convention().values(), ids=str)
def test_a_child_of_eight_is_spoken_to_in_short_sentences(one):
    sentences = [said for said in one.child_wording.replace("!", ".").replace("?", ".").split(".") if said.strip()]
    assert max(len(WORD.findall(said)) for said in sentences) <= 30
    assert len(WORD.findall(one.child_wording)) <= 70


def test_children_are_told_whom_to_call_where_the_article_is_about_violence():
    assert "119" in definition.convention()[19].child_wording
    assert "119" in definition.convention()[34].child_wording
    assert "3018" in definition.convention()[34].child_wording


def test_all_of_it_is_set_as_french_is():
    said = [
        words
        for one in definition.convention().values()
        for words in (one.title, one.right, one.wording, one.child_wording)
    ]
    assert [words for words in [*said, *(one.name for one in definition.themes().values())] if badly_set(words)] == []


def test_proposals_and_consultations_read_the_same_words():
    assert [*ARTICLES] == list(range(1, 43))
    assert str(ARTICLES[12]) == "12. Opinion de l’enfant"
    assert ARTICLES[12].right == "de donner ton avis et d’être écouté"


def test_loading_twice_changes_nothing(db, at):
    first = load(by=None, at=at)
    assert (Article.objects.count(), Theme.objects.count()) == (42, 16)
    assert first.changed == 58
    assert Article.objects.get(number=12).child_title == "Tu as le droit de donner ton avis et d’être écouté"
    assert load(by=None, at=at).changed == 0
    assert Entry.objects.filter(kind="library.reference.loaded").count() == 1


def test_what_changed_is_written_again_and_what_others_added_stays(db, at):
    load(by=None, at=at)
    Article.objects.filter(number=31).update(title="Autrement")
    Theme.objects.create(slug="ailleurs", name="Ailleurs")
    assert load(by=None, at=at).changed == 1
    assert Article.objects.get(number=31).title == "Loisirs, activités récréatives et culturelles"
    assert Theme.objects.filter(slug="ailleurs").exists()


def test_the_command_says_what_it_did(db, capsys):
    call_command("load_library")
    assert "42 articles de la Convention et 16 thèmes" in capsys.readouterr().out
    call_command("load_library")
    assert "Rien n’a changé" in capsys.readouterr().out
