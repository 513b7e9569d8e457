"""Practices and guides of the demonstration: told in every state through the actions of the pages, taken up by others."""

import pytest
from django.test import override_settings

from marelle.accounts.enums import Role
from marelle.core.rules import Refused
from marelle.demo.actions import telling
from marelle.demo.definition import guides, practices
from marelle.library.enums import PracticeState
from marelle.library.models import Comment, Guide, Practice, TakingUp
from tests.accounts.factories import CollectiviteFactory, MembershipFactory, NationalTeamFactory
from tests.house.test_words import badly_set
from tests.library.reference import the_convention, the_themes

from .test_library import words_of


def ready():
    the_convention()
    the_themes()
    team = NationalTeamFactory()
    for role in (Role.MANAGER, Role.EDITOR, Role.PUBLISHER):
        MembershipFactory(organisation=team, role=role)
    for _number in range(4):
        MembershipFactory(organisation=CollectiviteFactory(), role=Role.LEAD)


def test_every_practice_and_guide_is_set_as_french_is():
    wrong = {
        key: [text for text in words_of(one.model_dump(mode="json")) if badly_set(text)]
        for key, one in {**practices(), **guides()}.items()
    }
    assert {key: texts for key, texts in wrong.items() if texts} == {}


def test_there_is_one_in_each_state_and_most_are_published():
    states = [one.state for one in practices().values()]
    assert set(states) == {"published", "submitted", "returned", "draft"}
    assert states.count("published") > len(states) * 3 / 4
    assert any(one.cost_is_unknown for one in practices().values())
    assert len(guides()) >= 8


@override_settings(DEMO=True)
def test_practices_are_lived_as_far_as_their_state_says(db, at):
    ready()
    keys = [next(key for key, one in practices().items() if one.state == state) for state in PracticeState.values[:4]]
    assert telling.make(seed=7, at=at, keys=keys) == 4
    found = {one.title: one for one in Practice.objects.all()}
    for key in keys:
        assert found[practices()[key].title].state == practices()[key].state
    public = Practice.objects.get(live=True)
    assert public.failures
    assert public.advice
    assert public.contact.agreed_at
    assert TakingUp.objects.filter(practice=public).count() in {2, 3}
    assert Comment.objects.filter(practice__state=PracticeState.RETURNED).count() == 2
    assert telling.make(seed=7, at=at) == 0


@override_settings(DEMO=True)
def test_a_guide_is_published_chapter_by_chapter(db, at):
    ready()
    guide = telling.publish(telling.telling(seed=7, at=at), guides()["repondre-aux-enfants"])
    assert guide == Guide.objects.public().get()
    chapters = [block.value for block in guide.body if block.block_type == "heading"]
    assert chapters == [one.title for one in guides()["repondre-aux-enfants"].chapters]


def test_it_is_made_in_the_demonstration_only(db, at, settings):
    settings.DEMO = False
    with pytest.raises(Refused):
        telling.make(seed=7, at=at)
