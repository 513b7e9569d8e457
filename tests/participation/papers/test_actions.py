"""Sheets become votes once counted twice, within the roll; until then they can be corrected or thrown away."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from marelle.ballots.actions import casting
from marelle.ballots.enums import Mode, Scope
from marelle.ballots.models import Bundle
from marelle.ballots.paper import Unreadable
from marelle.ballots.queries.stations import statement
from marelle.ballots.queries.verifying import verify
from marelle.core.rules import NotNow, Refused
from marelle.participation.actions import papers as actions
from marelle.participation.actions import sessions
from marelle.participation.models import CopiedWords, Verbatim
from marelle.participation.rules import papers as rules
from tests.accounts.factories import UserFactory
from tests.participation.factories import session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(group, teacher, at):
    def make(sheets=25, **fields):
        cells = {"aime": {"5": min(20, sheets)}}
        typed = {"age_band": "9-12", "cells": cells, "words": {"quoi": ["Un toboggan", "Des fleurs"]}}
        return actions.enter(session=group, sheets=sheets, by=teacher, at=at, **typed | fields)

    return make


@pytest.fixture
def three_online(group, at):
    for number, ticket in enumerate(group.station.tickets.values_list("code", flat=True)[:3]):
        casting.cast(
            station=group.station, answers={"aime": "5"}, words={}, sending=f"{number:020d}", ticket=ticket, at=at
        )


def test_what_is_typed_does_not_count_yet(group, enter):
    enter()
    now = statement(group.station)
    assert (now.sheets, now.left, now.adds_up) == (0, 28, True)
    assert not Verbatim.objects.exists()
    assert CopiedWords.objects.get().words == {"quoi": ["Un toboggan", "Des fleurs"]}


def test_counted_twice_it_counts_and_the_words_wait_for_a_moderator(group, teacher, at, enter, three_online):
    bundle = actions.confirm(session=group, bundle=enter(), sheets=25, by=teacher, at=at)
    group.station.refresh_from_db()
    now = statement(group.station)
    assert (now.roll, now.online, now.sheets, now.left, now.adds_up) == (28, 3, 25, 0, True)
    assert sorted(Verbatim.objects.values_list("question", "text")) == [("quoi", "Des fleurs"), ("quoi", "Un toboggan")]
    assert not CopiedWords.objects.exists()
    assert bundle.confirmed_at == at
    sessions.close(session=group, by=teacher, at=at)
    sessions.settle(session=group, by=teacher, at=at + timedelta(days=2))
    tally = group.station.box.tallies.filter(scope=Scope.STATION)
    assert sum(row.ballots for row in tally) == 28
    assert not any(box.findings for box in verify())


def test_another_second_count_changes_nothing(group, teacher, at, enter):
    bundle = enter()
    with pytest.raises(Refused, match="Vous avez saisi 25 feuilles, et vous venez d’en compter 24"):
        actions.confirm(session=group, bundle=bundle, sheets=24, by=teacher, at=at)
    assert statement(group.station).sheets == 0


def test_one_sheet_too_many_is_refused_and_explained(group, teacher, at, enter, three_online):
    bundle = enter(sheets=26)
    with pytest.raises(Refused) as refused:
        actions.confirm(session=group, bundle=bundle, sheets=26, by=teacher, at=at)
    assert refused.value.reason == (
        "Votre groupe compte 28 enfants\u202f; 3 ont déjà répondu en ligne\u202f: 25 feuilles au plus. "
        "Vous en annoncez 26. Recomptez, ou corrigez le nombre d’enfants."
    )
    assert not Verbatim.objects.exists()
    sessions.change_roll(session=group, roll=29, by=teacher, at=at)
    actions.confirm(session=group, bundle=bundle, sheets=26, by=teacher, at=at)
    group.station.refresh_from_db()
    assert (group.station.sheets, statement(group.station).left) == (26, 0)


@pytest.mark.parametrize(
    ("online", "counted", "left", "words"),
    [
        (0, 0, 28, "28 enfants\u202f; 28 feuilles au plus"),
        (1, 0, 27, "1 a déjà répondu en ligne\u202f: 27 feuilles au plus"),
        (0, 20, 8, "20 feuilles sont déjà comptées\u202f: 8 feuilles au plus"),
        (2, 1, 25, "2 ont déjà répondu en ligne, 1 feuille est déjà comptée\u202f: 25 feuilles au plus"),
    ],
)
def test_a_surplus_says_where_the_others_are(group, online, counted, left, words):
    group.station.sheets = counted
    assert rules.can_hold(group.station, sheets=left, left=left) is True
    answer = rules.can_hold(group.station, sheets=left + 1, left=left)
    assert isinstance(answer, NotNow)
    assert words in answer.reason


def test_a_draft_is_corrected_in_place(group, enter):
    first = enter()
    again = enter(sheets=24, bundle=first, words={})
    assert again.pk == first.pk
    assert Bundle.objects.get().sheets == 24
    assert not CopiedWords.objects.exists()


def test_a_draft_is_thrown_away_with_its_words(group, teacher, at, enter):
    actions.drop(session=group, bundle=enter(), by=teacher, at=at)
    assert not Bundle.objects.exists()
    assert not CopiedWords.objects.exists()


def test_what_is_confirmed_is_neither_corrected_nor_thrown_away(group, teacher, at, enter):
    bundle = actions.confirm(session=group, bundle=enter(), sheets=25, by=teacher, at=at)
    for act in (
        lambda: enter(bundle=bundle),
        lambda: actions.drop(session=group, bundle=bundle, by=teacher, at=at),
        lambda: actions.confirm(session=group, bundle=bundle, sheets=25, by=teacher, at=at),
    ):
        with pytest.raises(Refused):
            act()
    assert Verbatim.objects.count() == 2


def test_who_corrects_an_old_page_does_not_undo_what_a_colleague_confirmed(group, teacher, head, at, enter):
    bundle = enter()
    old_page = Bundle.objects.get(pk=bundle.pk)
    actions.confirm(session=group, bundle=bundle, sheets=25, by=head, at=at)
    with pytest.raises(Refused):
        enter(sheets=24, bundle=old_page)
    bundle.refresh_from_db()
    assert (bundle.sheets, bundle.confirmed_at) == (25, at)
    assert not CopiedWords.objects.exists()


def test_nor_brings_back_what_a_colleague_threw_away(group, head, at, enter):
    bundle = enter()
    old_page = Bundle.objects.get(pk=bundle.pk)
    actions.drop(session=group, bundle=bundle, by=head, at=at)
    with pytest.raises(Refused):
        enter(sheets=24, bundle=old_page)
    assert not Bundle.objects.exists()


def test_somebody_else_types_nothing(group, lead, at, enter):
    bundle = enter()
    for stranger in (lead, UserFactory()):
        with pytest.raises(PermissionDenied):
            actions.confirm(session=group, bundle=bundle, sheets=25, by=stranger, at=at)
        with pytest.raises(PermissionDenied):
            actions.drop(session=group, bundle=bundle, by=stranger, at=at)
        with pytest.raises(PermissionDenied):
            actions.enter(session=group, age_band="", sheets=1, cells={}, words={}, by=stranger, at=at)


def test_sheets_of_another_group_are_not_ours(consultation, school, teacher, at, enter):
    other = session_of(consultation, organisation=school, opened_by=teacher)
    bundle = enter()
    for act in (
        lambda: actions.drop(session=other, bundle=bundle, by=teacher, at=at),
        lambda: actions.confirm(session=other, bundle=bundle, sheets=25, by=teacher, at=at),
        lambda: actions.enter(
            session=other, bundle=bundle, age_band="", sheets=1, cells={}, words={}, by=teacher, at=at
        ),
    ):
        with pytest.raises(Refused):
            act()


def test_impossible_counts_are_unreadable(enter):
    with pytest.raises(Unreadable):
        enter(cells={"aime": {"5": 26}})


def test_sheets_are_typed_for_two_days_after_closing(group, teacher, at, enter):
    sessions.close(session=group, by=teacher, at=at)
    group.station.refresh_from_db()
    bundle = enter()
    sessions.settle_closed(at=at + timedelta(days=2))
    group.station.refresh_from_db()
    assert not Bundle.objects.filter(pk=bundle.pk).exists()
    assert not CopiedWords.objects.exists()
    with pytest.raises(Refused, match="arrêtés"):
        enter()


def test_an_open_link_takes_no_sheets(consultation, lead, at):
    session = session_of(consultation, mode=Mode.LINK)
    assert "lien ouvert" in rules.can_enter(session.opened_by, session).reason
