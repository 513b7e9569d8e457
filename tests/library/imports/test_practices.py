"""Practices of collectivités from a table: drafts on their desks, and theirs as soon as they take them up."""

import pytest

from marelle.library.enums import PracticeState
from marelle.library.models import Practice
from marelle.library.queries.imports import Outcome
from tests.accounts.factories import CollectiviteFactory
from tests.territories.factories import TerritoryFactory

from .files import xlsx

pytestmark = pytest.mark.django_db

PRACTICE = {
    "Référence": "P1", "Territoire": "76540", "Titre": "La cour redessinée", "Résumé": "Trois classes ont dessiné leur cour.",
    "Âges": "8 à 11 ans", "Thèmes": "Participation", "Articles": "12 ; 31", "Commencée en": "2024", "Contexte": "Deux cours bitumées.",
    "Part des enfants": "Ils ont mesuré l’ombre.", "Étapes": "1. Mesurer\n2. Dessiner", "Coût": "12 500 €",
}  # fmt: skip


@pytest.fixture
def town(db):
    return CollectiviteFactory(territory=TerritoryFactory(code="76540"))


@pytest.fixture
def bring_practice(town, bring):
    return lambda **said: bring(
        kind="practice", table=xlsx([{**PRACTICE, **{name.replace("_", " "): v for name, v in said.items()}}])
    )[0]


def test_a_line_becomes_a_draft_of_its_collectivite(bring_practice, town):
    assert bring_practice().outcome == Outcome.NEW
    practice = Practice.objects.get()
    assert (practice.organisation, practice.state, practice.live) == (town, PracticeState.DRAFT, False)
    assert (practice.steps, practice.cost_euros, practice.started_in) == (["Mesurer", "Dessiner"], 12500, 2024)
    assert sorted(one.pk for one in practice.articles.all()) == [12, 31]


def test_the_same_table_twice_changes_nothing(bring_practice):
    bring_practice()
    assert bring_practice().outcome == Outcome.SAME


def test_what_the_collectivite_wrote_is_kept_and_the_rest_follows(bring_practice):
    bring_practice()
    Practice.objects.update(title="Notre cour")
    plan = bring_practice(Titre="Un autre titre", Coût="inconnu")
    practice = Practice.objects.get()
    assert (practice.title, practice.cost_euros, practice.cost_is_unknown) == ("Notre cour", None, True)
    assert [one.header for one in plan.kept] == ["Titre"]


def test_what_is_proposed_or_published_is_left_to_its_collectivite(bring_practice):
    bring_practice()
    Practice.objects.update(state=PracticeState.SUBMITTED)
    plan = bring_practice(Titre="Un autre titre")
    assert (plan.outcome, Practice.objects.get().title) == (Outcome.KEPT, "La cour redessinée")
    assert "en relecture" in plan.why


def test_a_practice_never_changes_hands(bring_practice, town):
    bring_practice()
    CollectiviteFactory(territory=TerritoryFactory(code="35238"))
    plan = bring_practice(Territoire="35238")
    assert (plan.outcome, Practice.objects.get().organisation) == (Outcome.KEPT, town)


def test_a_town_that_is_not_here_is_named(bring_practice):
    plan = bring_practice(Territoire="99999")
    assert plan.outcome == Outcome.ERROR
    assert "aucune collectivité inscrite" in plan.errors[0][1]
