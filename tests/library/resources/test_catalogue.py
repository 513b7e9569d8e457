"""The catalogue counts right, whatever is chosen, and knows at once what was published."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from marelle.library.models import Change, Resource
from marelle.library.queries import catalogue
from marelle.library.queries.facets import AGES, FACETS, Row
from tests.library.factories import ResourceFactory, ThemeFactory

URL = "/ressources/catalogue/"
SMALL = st.one_of(st.none(), st.integers(1, 200))


@st.composite
def rows(draw, pk):
    low = draw(st.sampled_from(AGES))
    return Row(
        pk, f"id{pk}", f"Titre {draw(st.integers(0, 5))}", draw(st.sampled_from(["kit", "poster"])), low,
        draw(st.integers(low, AGES[-1])), draw(SMALL), draw(SMALL), draw(SMALL), draw(SMALL),
        draw(st.lists(st.sampled_from(["class", "family"]), unique=True)), draw(st.lists(st.sampled_from([3, 4]), unique=True)),
        ["fr"], draw(st.lists(st.sampled_from(["pdf", "video"]), unique=True)), [], float(draw(st.integers(0, 9))),
        "titre", tuple(draw(st.lists(st.sampled_from(["sante", "loisirs"]), unique=True))), ("12",),
    )  # fmt: skip


@st.composite
def libraries(draw):
    return {pk: draw(rows(pk)) for pk in range(1, draw(st.integers(1, 25)) + 1)}


CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "age": st.sets(st.sampled_from([str(age) for age in AGES]), min_size=1),
        "theme": st.sets(st.sampled_from(["sante", "loisirs", "inconnu"]), min_size=1),
        "duree": st.sets(st.sampled_from(["0-15", "15-30", "30-60", "60-120", "120-"]), min_size=1),
        "groupe": st.sets(st.sampled_from(["1", "2-5", "31-"]), min_size=1),
        "cadre": st.sets(st.sampled_from(["class", "family"]), min_size=1),
    },
)
VALUES = {facet.key: set(facet.values) for facet in FACETS} | {"theme": {"sante", "loisirs"}, "article": {"12"}}
LABELS = {key: dict.fromkeys(values) for key, values in VALUES.items()}


def has(row, key, values):
    facet = next(facet for facet in FACETS if facet.key == key)
    return bool({str(value) for value in facet.of(row)} & set(values))


def naive(library, chosen):
    return {row.pk for row in library.values() if all(has(row, key, values) for key, values in chosen.items())}


@settings(max_examples=40)
@given(libraries(), CHOICES, st.data())
def test_each_count_is_what_one_gets_by_adding_that_choice(library, chosen, data):
    """OR inside a facet, AND across; a facet's counts ignore what is chosen in it."""
    among = data.draw(st.one_of(st.none(), st.lists(st.sampled_from([*library]), unique=True)))
    here = catalogue.changed(catalogue.Snapshot(0, labels=LABELS), library, library, 1)
    looked_in = {pk: library[pk] for pk in (library if among is None else among)}

    found = catalogue.results(chosen, among=among, snapshot=here)

    assert set(found.keys(catalogue.TITLE)) == naive(looked_in, chosen)
    assert found.total == len(naive(looked_in, chosen))
    for key, values in VALUES.items():
        others = {k: v for k, v in chosen.items() if k != key}
        for value in values:
            assert found.count(key, value) == len(naive(looked_in, {**others, key: {value}}))


@settings(max_examples=40)
@given(libraries(), libraries(), CHOICES)
def test_following_changes_gives_what_reading_everything_gives(before, after, chosen):
    keys = {*before, *after}
    first = catalogue.changed(catalogue.Snapshot(0, labels=LABELS), before, before, 1)
    followed = catalogue.results(chosen, snapshot=catalogue.changed(first, after, keys, 2))
    whole = catalogue.results(chosen, snapshot=catalogue.changed(catalogue.Snapshot(0, labels=LABELS), after, after, 2))
    for order in (*catalogue.ORDERS, catalogue.FIT):
        assert followed.keys(order) == whole.keys(order)
    for key, values in VALUES.items():
        assert [followed.count(key, value) for value in values] == [whole.count(key, value) for value in values]


@settings(max_examples=40)
@given(libraries(), CHOICES)
def test_the_closest_to_what_was_ticked_come_first(library, chosen):
    here = catalogue.changed(catalogue.Snapshot(0, labels=LABELS), library, library, 1)
    keys = catalogue.results(chosen, snapshot=here).keys(catalogue.FIT)
    fit = [sum(has(library[pk], key, {value}) for key, values in chosen.items() for value in values) for pk in keys]
    assert fit == sorted(fit, reverse=True)


@settings(max_examples=40)
@given(libraries(), st.data())
def test_what_a_search_found_keeps_its_order_and_what_is_offline_is_left_out(library, data):
    here = catalogue.changed(catalogue.Snapshot(0, labels=LABELS), library, library, 1)
    among = data.draw(st.permutations([*library, 900]))
    assert catalogue.results({}, among=among, snapshot=here).keys(catalogue.FIT) == [pk for pk in among if pk != 900]


# --- The page -----------------------------------------------------------------------------------------------


@pytest.fixture
def some(db):
    return [
        ResourceFactory(
            live=True, title="Élan", age_from=6, age_to=8, themes=["sante"], minutes_from=90, minutes_to=90
        ),
        ResourceFactory(live=True, title="Eau vive", age_from=9, age_to=12, themes=["loisirs"], articles=[31]),
        ResourceFactory(live=True, title="Fête", age_from=3, age_to=18, themes=["sante", "loisirs"], kind="poster"),
        ResourceFactory(live=False, title="Brouillon", themes=["sante"]),
    ]


def titles(response):
    return [unescape(title) for title in re.findall(r"<h3><a [^>]+>(.*?)</a></h3>", response.content.decode())]


def shown(client, **choice):
    return client.get(URL + "?" + urlencode(choice, doseq=True))


def test_anyone_reads_what_is_online_and_no_draft(client, some):
    page = shown(client, tri="titre")
    assert titles(page) == ["Eau vive", "Élan", "Fête"]
    assert "Brouillon" not in page.content.decode()


@pytest.mark.parametrize(
    ("choice", "found"),
    [
        ({"age_de": "9"}, ["Eau vive", "Fête"]),
        ({"age_de": "10", "age_a": "7"}, ["Eau vive", "Élan", "Fête"]),
        ({"age_de": "3", "age_a": "5"}, ["Fête"]),
        ({"age_de": "dix"}, ["Eau vive", "Élan", "Fête"]),
        ({"tranche": "6-8", "nature": "activity"}, ["Élan"]),
        ({"theme": ["sante", "loisirs"]}, ["Eau vive", "Élan", "Fête"]),
        ({"theme": "sante", "duree": "60-120"}, ["Élan"]),
        ({"article": "31"}, ["Eau vive"]),
        ({"theme": "n-existe-pas", "page": "900"}, ["Eau vive", "Élan", "Fête"]),
        ({"tri": "duree"}, ["Eau vive", "Fête", "Élan"]),
    ],
)
def test_choices_narrow_the_list(client, some, choice, found):
    assert titles(shown(client, tri=choice.pop("tri", "titre"), **choice)) == found


def test_each_choice_is_a_chip_that_takes_it_away(client, some):
    page = shown(client, theme=["sante", "loisirs"], age_de="9", age_a="12")
    chips = {str(chip.label): chip.without for chip in page.context["chips"]}
    assert chips == {
        "9 à 12 ans": "theme=sante&theme=loisirs",
        "Sante": "age_de=9&age_a=12&theme=loisirs",
        "Loisirs": "age_de=9&age_a=12&theme=sante",
    }


def test_finding_nothing_says_which_choice_to_give_up(client, some):
    page = shown(client, article="31", nature="poster", theme="sante")
    assert page.context["lifting"] == [("Article de la Convention", 1, "nature=poster&theme=sante")]
    assert "Sans «\u202fArticle de la Convention\u202f»\u202f: 1 ressource" in page.content.decode()


def test_when_giving_one_up_is_not_enough_it_says_which_to_keep(client, some):
    page = shown(client, article="31", nature="poster", duree="60-120")
    assert page.context["lifting"] == []
    assert {query for _label, _count, query in page.context["keeping"]} == {
        "article=31",
        "nature=poster",
        "duree=60-120",
    }


def test_an_empty_library_says_what_will_come(client, db):
    assert "La bibliothèque se remplit" in client.get(URL).content.decode()


def test_ticking_refreshes_the_list_alone_and_leaves_a_clean_address(client, some):
    page = client.get(URL + "?age_de=&age_a=&theme=sante&tri=titre&page=", headers={"HX-Request": "true"})
    assert page["HX-Push-Url"] == URL + "?theme=sante&tri=titre"
    assert page["Cache-Control"] == "no-store"  # kept as a whole page, it would lose its address
    assert page.content.decode().lstrip().startswith("<form")


def test_bands_of_age_are_read_as_ages(client, some):
    page = client.get(URL).content.decode()
    assert "13-15 ans" in page
    assert "{" not in page.partition("</head>")[2].partition("<main")[2].partition("</main>")[0]


def test_the_list_is_exported_as_it_is_narrowed(client, some):
    lines = client.get("/ressources/catalogue/export.csv?theme=sante").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["titre", "Élan", "Fête"]
    assert "6;8;1\u00a0h\u00a030" in lines[1]


def test_the_list_asks_the_database_twice(client, some, django_assert_num_queries):
    catalogue.snapshot_of_now()
    with django_assert_num_queries(2):  # did anything change, the cards
        shown(client, theme="sante", age_de="7")
    with django_assert_num_queries(1):  # a card stays as it was drawn
        shown(client, theme="sante", age_de="7")


# --- Knowing what changed -----------------------------------------------------------------------------------


def test_what_is_published_withdrawn_or_gone_shows_at_once(client, some):
    client.get(URL)
    draft = some[3]
    draft.live = True
    draft.save()
    assert "Brouillon" in titles(client.get(URL))
    Resource.objects.filter(pk=draft.pk).update(live=False)  # whoever writes, and however
    assert "Brouillon" not in titles(client.get(URL))
    some[0].delete()
    assert shown(client, theme="sante").context["found"].total == 1
    Resource.objects.filter(pk=some[1].pk).update(summary="Récrit depuis.")
    assert "Récrit depuis." in client.get(URL).content.decode()


def test_a_theme_given_or_renamed_shows_at_once(client, some):
    client.get(URL)
    theme = ThemeFactory(slug="loisirs")
    Resource.themes.through.objects.create(resource=some[0], theme=theme)
    assert shown(client, theme="loisirs").context["found"].total == 3
    theme.name = "Le temps libre"
    theme.save()
    assert "Le temps libre" in client.get(URL).content.decode()


def test_changes_too_old_to_be_followed_make_everything_be_read_again(client, some):
    client.get(URL)
    ResourceFactory(live=True, title="Nouvelle")
    last = Change.objects.order_by("-number").first()
    Change.objects.exclude(pk=last.pk).delete()
    assert "Nouvelle" in titles(client.get(URL))


def test_the_database_notes_every_way_of_writing(db):
    """A later migration that copies a table on SQLite would lose its triggers: this is where it shows."""
    if connection.vendor == "sqlite":
        sql = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'library_%_noted_%'"
        expected = 33
    else:
        sql = "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'library_%_noted'"
        expected = 11
    with connection.cursor() as cursor:
        cursor.execute(sql)
        assert cursor.fetchone() == (expected,)


def test_addresses_are_the_ones_that_were_promised():
    assert reverse("library:catalogue") == URL
