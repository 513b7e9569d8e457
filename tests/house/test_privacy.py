"""Every field of every model of ours is classed exactly once: about a person (why, until when, how it ends) or not.

Good: `personal = {"email": replace("Vous écrire", until="la clôture du compte", by=…)}` and `impersonal = "id kind"`.
Bad: a new field in neither: nobody would think of forgetting it.
"""

from collections import Counter

import pytest
from django.apps import apps

from marelle.accounts.queries.privacy import in_words, links, register
from marelle.core.privacy import How, declared, is_about_children

FRENCH_TOO = {"message", "document", "documents", "public"}
"""Words that are the same in both languages."""

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("marelle.")
    for model in config.get_models(include_auto_created=True)
]


def fields_of(model):
    return {f.name for f in model._meta.get_fields() if f.concrete}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_classed_exactly_once(model):
    if model._meta.auto_created:
        through = {f.related_model for f in model._meta.get_fields() if f.is_relation}
        assert not any(m._meta.label == "accounts.User" for m in through), (
            "a hidden table about people: make it a model"
        )
        return
    classed = Counter([*declared(model), *getattr(model, "impersonal", "").split()])
    assert {name for name, times in classed.items() if times > 1} == set(), "classed twice"
    assert set(classed) - fields_of(model) == set(), "no such field"
    assert fields_of(model) - set(classed) == set(), "in neither"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_link_to_a_person_is_personal(model):
    people = {
        f.name
        for f in model._meta.get_fields()
        if f.concrete and f.is_relation and f.related_model._meta.label == "accounts.User"
    }
    assert people - set(declared(model)) == set()


@pytest.mark.parametrize("model", [m for m in OURS if declared(m)], ids=lambda model: model._meta.label)
def test_what_is_personal_says_why_and_until_when_in_words(model):
    for name, field in declared(model).items():
        assert field.purpose, name
        assert field.purpose[0].isupper(), name
        assert field.until, name
        if field.how == How.REPLACE:
            assert field.replacement, name


def test_what_replaces_a_value_fits_its_field():
    """An empty value in a field that takes none would break the closing of an account, the day it is asked for."""
    wrong = [
        f"{model._meta.label}.{name}"
        for model, fields in register().items()
        for name, field in fields.items()
        if field.how == How.BLANK and model._meta.get_field(name).is_relation and not model._meta.get_field(name).null
    ]
    assert wrong == []


def test_a_row_that_ends_with_its_person_names_that_person_first():
    """« delete » drops the whole row of its subject: the first declared link must be that subject. A row about a
    child has no subject with an account."""
    for model, fields in register().items():
        if is_about_children(model):
            continue
        if any(field.how == How.DELETE for field in fields.values()) and links(model, fields):
            assert fields[links(model, fields)[0].name].how == How.DELETE, model._meta.label


@pytest.mark.parametrize("model", list(register()), ids=lambda model: model._meta.label)
def test_every_personal_field_has_a_name_a_person_can_read(model):
    """« token », « invited by » on the page of somebody's own data would be a shame."""
    for name in register()[model]:
        said = in_words(model._meta.get_field(name))
        english = {name, name.replace("_", " ")} - FRENCH_TOO
        assert said not in english, name


EMPTY_HERE = {"wagtailcore.APIToken", "wagtailimages.Image"}
"""Of Wagtail's: no door makes an API key, and pictures are `library.Picture`."""


def test_tables_of_libraries_that_name_a_person_are_declared_too():
    """A library that is added brings its own notes about people: somebody says why, and until when."""
    person = apps.get_model("accounts.User")
    silent = {
        model._meta.label
        for model in apps.get_models()
        if model not in register()
        and not model.__module__.startswith("marelle.")
        and any(f.concrete and f.is_relation and f.related_model is person for f in model._meta.get_fields())
    }
    assert silent == EMPTY_HERE
