"""The demonstration's library: every file of it can be read, and what it says holds together."""

import pytest
from django.test import override_settings

from marelle.core.rules import Refused
from marelle.demo.actions import shelving
from marelle.demo.definition import Invalid, resources
from marelle.demo.definition.markup import html
from marelle.demo.definition.reading import resources_in
from marelle.documents.models import File
from marelle.library.enums import Access, Kind, Setting, Variant
from marelle.library.models import FileVersion, Resource, ResourceFile
from marelle.library.queries.papers import said
from tests.house.test_words import badly_set

ONE = """
- key: une-fiche
  kind: activity
  title: Une fiche
  summary: Une phrase qui dit ce que les enfants font ensemble.
  ages: [8, 12]
  minutes: [30, 45]
  settings: [class]
  themes: [participation]
  articles: [12]
  body:
    - steps:
        - {title: Chercher, minutes: 20, text: On cherche.}
        - {title: Choisir, minutes: 20, text: On choisit.}
"""


@pytest.fixture
def written(tmp_path):
    def reading(text):
        (tmp_path / "fiches.yaml").write_text(text)
        return resources_in([tmp_path / "fiches.yaml"])

    return reading


def words_of(value):
    """Every text in it, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from words_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from words_of(one)


def test_every_resource_is_set_as_french_is():
    wrong = {
        key: [text for text in words_of(one.model_dump(mode="json")) if badly_set(text)]
        for key, one in resources().items()
    }
    assert {key: texts for key, texts in wrong.items() if texts} == {}


def test_what_one_can_filter_by_is_there_to_be_found():
    found = resources().values()
    assert {one.kind for one in found} >= set(Kind) - {Kind.VIDEO}  # A film needs a film.
    assert {setting for one in found for setting in one.settings} == set(Setting)
    assert {value for one in found for value in one.access} >= {Access.PICTOGRAMS, Access.EASY, Access.LARGE_PRINT}
    assert {one.state for one in found} == {"published", "draft", "review", "scheduled", "stale"}
    assert {min(one.ages) for one in found} >= {3, 6, 11}


def test_titles_are_all_different_and_every_sheet_says_how_to_keep_children_safe():
    found = [*resources().values()]
    assert len({one.title for one in found}) == len(found)
    runnable = [one for one in found if one.kind == Kind.ACTIVITY]
    assert [one.key for one in runnable if "watch" not in {block.kind for block in one.body}] == []
    assert [one.key for one in runnable if not one.step_minutes or not one.minutes] == []


@pytest.mark.parametrize(
    ("wrong", "right", "reason"),
    [
        ("themes: [particpation]", "themes: [participation]", "« particpation » n’est pas un thème"),
        ("articles: [43]", "articles: [12]", "la Convention n’a pas d’article 43 ici"),
        ("minutes: [50, 60]", "minutes: [30, 45]", "les étapes durent 40 minutes, la fiche annonce 50 à 60"),
        ("ages: [12, 8]", "ages: [8, 12]", "du plus petit au plus grand"),
        ("kind: kit", "kind: activity", "un kit, et lui seul"),
        ("titre: Une fiche", "title: Une fiche", "titre"),
        ("text: On *cherche.", "text: On cherche.", "un astérisque de trop"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_its_line(written, wrong, right, reason):
    with pytest.raises(Invalid) as invalid:
        written(ONE.replace(right, wrong))
    assert any("fiches.yaml:" in line and reason in line for line in invalid.value.problems)


def test_a_key_is_taken_once_and_a_kit_holds_what_is_there(written):
    with pytest.raises(Invalid, match="est déjà prise"):
        written(ONE + ONE)
    kit = ONE.replace("une-fiche", "un-kit").replace("kind: activity", "kind: kit") + "  items: [nulle-part]\n"
    with pytest.raises(Invalid, match="« nulle-part » n’est pas une ressource"):
        written(ONE + kit)


def test_the_little_markup_gives_what_wagtail_keeps_and_paper_reads_it_back():
    made = html("Dites **fort** :\n\n- *un* < deux\n- [la page](/aide/)\n\nFin.")
    assert made == (
        '<p>Dites <b>fort</b> :</p><ul><li><i>un</i> &lt; deux</li><li><a href="/aide/">la page</a></li></ul><p>Fin.</p>'
    )
    assert [part["kind"] for part in said(made)] == ["p", "ul", "p"]
    assert said(made)[0]["runs"][1] == {"text": "fort", "bold": True, "italic": False}
    assert said(made)[1]["items"][0][1]["text"] == " < deux"


@override_settings(DEMO=True)
def test_a_few_of_them_on_the_shelf(db, at, client):
    keys = ["carte-des-cachettes", "la-rue-aux-enfants", "kit-ma-ville"]
    kit = resources()["kit-ma-ville"]
    keys = [*dict.fromkeys([*kit.items, *keys])]
    assert shelving.make(seed=7, at=at, keys=keys) == len(keys)
    card = Resource.objects.get(slug="la-carte-des-cachettes-et-des-coups-de-coeur")
    assert card.live
    assert card.is_demonstration
    assert card.first_published_at < at
    assert {one.number for one in card.articles.all()} == {12, 31}
    assert card.body[0].block_type == "text"
    sheets = ResourceFile.objects.filter(resource=card, label="La fiche")
    assert {one.variant for one in sheets} == set(Variant)
    colour = sheets.get(variant=Variant.COLOUR)
    assert [one.number for one in colour.versions.all()] == [2, 1]
    assert colour.versions.first().changes
    assert all(one.pages and one.stored.content.read(5) == b"%PDF-" for one in FileVersion.objects.all())
    assert [item.resource.title for item in Resource.objects.get(kind=Kind.KIT).items.all()] == [
        resources()[key].title for key in kit.items
    ]
    assert shelving.make(seed=7, at=at, keys=keys) == 0


@override_settings(DEMO=True)
def test_the_same_seed_gives_the_same_library_and_its_states(db, at):
    keys = [key for key, one in resources().items() if one.state != "published" and not one.items][:5]
    shelving.make(seed=7, at=at, keys=keys)
    ids = [*Resource.objects.order_by("pk").values_list("public_id", flat=True)]
    states = {key: Resource.objects.get(title=resources()[key].title) for key in keys}
    for key, row in states.items():
        assert row.live is (resources()[key].state == "stale"), key
        assert row.latest_revision is not None
    File.objects.all()
    Resource.objects.all().delete()
    shelving.make(seed=7, at=at, keys=keys[:1])
    assert Resource.objects.get().public_id == ids[0]


def test_it_is_made_in_the_demonstration_only(db, at, settings):
    settings.DEMO = False
    with pytest.raises(Refused):
        shelving.make(seed=7, at=at, keys=[])
