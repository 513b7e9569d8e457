"""An answer promised to children is recalled a week before, then every week; and only as long as it is owed."""

from datetime import date, timedelta

import pytest
import time_machine

from marelle.core.rules import Refused
from marelle.participation.actions import builder, chasing
from marelle.participation.actions import consultations as actions
from marelle.participation.definition import editing
from marelle.participation.queries.consultations import overdue
from tests.accounts.factories import CollectiviteFactory
from tests.participation.factories import ConsultationFactory, open_consultation
from tests.programme.factories import MandateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed():
    """Promised for 31 January 2027."""
    return open_consultation()


def told(commit, mailoutbox, day):
    mailoutbox.clear()
    with time_machine.travel(f"{day}T08:00:00Z", tick=False), commit():
        from django.utils import timezone

        chasing.chase_answers(at=timezone.now())
    return [mail.subject for mail in mailoutbox]


def test_once_before_then_each_week(commit, mailoutbox, owed):
    days = ["2027-01-23", "2027-01-24", "2027-01-25", "2027-01-31", "2027-02-01", "2027-02-02", "2027-02-08"]
    assert [len(told(commit, mailoutbox, day)) for day in days] == [0, 1, 0, 0, 1, 0, 1]


def test_nothing_once_answered(commit, mailoutbox, owed, at):
    actions.close(consultation=owed, by=owed.created_by, at=at)
    actions.answer(consultation=owed, text="Oui, nous plantons.", answered_by="La maire", by=owed.created_by, at=at)
    assert told(commit, mailoutbox, "2027-02-08") == []


def test_overdue_is_a_fact_of_the_day(owed):
    assert list(overdue(date(2027, 1, 31))) == []
    assert list(overdue(date(2027, 2, 1))) == [owed]


def test_a_day_stopped_makes_no_arrears(commit, mailoutbox, owed):
    assert len(told(commit, mailoutbox, "2027-03-15")) == 1


# --- What may be corrected, and who saves first ----------------------------------------------------------------


def test_only_words_change_while_children_answer(owed, at):
    by, content = owed.created_by, owed.version.content
    for wrong in (
        editing.remove_question(content, "aime"),
        editing.move_question(content, "aime", 1),
        editing.change_question(content, "manque", most=3),
        editing.change_question(content, "quoi", only_if=None),
        editing.change_question(content, "manque", choices=content["sections"][0]["questions"][2]["choices"][:2]),
    ):
        with pytest.raises(Refused, match="seuls les mots"):
            actions.correct(consultation=owed, content=wrong, by=by, at=at)
    right = editing.change_question(content, "aime", text={"fr": "Aimes-tu vraiment ta cour\u202f?"})
    assert actions.correct(consultation=owed, content=right, number=1, by=by, at=at).number == 2
    assert actions.correct(consultation=owed, content=right, number=2, by=by, at=at) is None
    with pytest.raises(actions.Stale):
        actions.correct(consultation=owed, content=content, number=1, by=by, at=at)


def test_a_draft_is_saved_on_what_was_read(at):
    draft = ConsultationFactory()
    by = draft.created_by

    def drop(data):
        return editing.remove_question(data, "aime")

    builder.change(consultation=draft, revision=1, edit=drop, by=by, at=at)
    with pytest.raises(builder.Stale):
        builder.change(consultation=draft, revision=1, edit=drop, by=by, at=at)
    with pytest.raises(Refused, match="n’existe plus"):
        builder.change(consultation=draft, revision=2, edit=drop, by=by, at=at)


def test_a_merged_town_keeps_its_promises(owed, at):
    into = CollectiviteFactory()
    actions.follow(organisation=owed.organisation, into=into, by=None, at=at)
    owed.refresh_from_db()
    assert (owed.organisation, owed.territory) == (into, into.territory)


def test_who_answered_is_forgotten_with_the_mandate(owed, at):
    MandateFactory(key="2020-2026", starts_on=date(2020, 6, 1), ends_on=date(2026, 12, 1))
    by = owed.created_by
    actions.close(consultation=owed, by=by, at=at)
    actions.answer(consultation=owed, text="Oui, nous plantons.", answered_by="Nadia Lefèvre", by=by, at=at)
    assert chasing.forget_names(at=at) == 0
    assert chasing.forget_names(at=at + timedelta(days=30)) == 1
    assert chasing.forget_names(at=at + timedelta(days=31)) == 0
    owed.refresh_from_db()
    assert owed.answered_by == owed.answerer == owed.organisation.name
