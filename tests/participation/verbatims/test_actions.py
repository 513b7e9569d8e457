"""Approved as they are or with something hidden, set aside with a reason, put together, taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.participation.actions import verbatims as actions
from marelle.participation.actions.cleaning import clean
from marelle.participation.enums import Duty, VerbatimState
from marelle.participation.models import Steward, Verbatim
from tests.accounts.factories import lead_of
from tests.participation.factories import AT
from tests.participation.words import CALM, approved, moderator_of, refused, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(consultation):
    return moderator_of(consultation)


def approve(verbatim, by, wording=None, seen=0, themes=(), at=AT):
    wording = verbatim.text if wording is None else wording
    return actions.approve(verbatim=verbatim, wording=wording, themes=[*themes], seen=seen, by=by, at=at)


def chosen(*verbatims):
    return {one.public_id: one.revision for one in verbatims}


def test_an_approved_wording_is_public_and_the_text_is_not(session, by):
    verbatim = approve(waiting(session, "mon copain Kévin veut des arbre"), by, "Mon copain [prénom] veut des arbres")
    public = Verbatim.objects.public().get()
    assert public.wording == "Mon copain [prénom] veut des arbres"
    assert (verbatim.moderated_by, verbatim.moderated_at, verbatim.revision) == (by, AT, 1)


@pytest.mark.parametrize("wording", ["", "  ", "Je voudrais une piscine municipale"])
def test_a_wording_is_the_childs(session, by, wording):
    verbatim = waiting(session)
    with pytest.raises(Refused):
        approve(verbatim, by, wording)
    verbatim.refresh_from_db()
    assert verbatim.state == VerbatimState.WAITING


def test_set_aside_with_a_reason(session, by):
    verbatim = actions.refuse(verbatim=waiting(session), reason="off_topic", seen=0, by=by, at=AT)
    assert (verbatim.state, verbatim.reason, verbatim.wording) == (VerbatimState.REFUSED, "off_topic", "")
    with pytest.raises(Refused):
        actions.refuse(verbatim=waiting(session), reason="ugly", seen=0, by=by, at=AT)


def test_two_moderators_at_once_never_overwrite_each_other(session, consultation, by):
    other = lead_of(consultation.organisation, user__name="Ali Ben")
    Steward.objects.create(consultation=consultation, user=other, duty=Duty.MODERATOR, named_at=AT)
    verbatim = waiting(session)
    actions.refuse(verbatim=verbatim, reason="hurtful", seen=0, by=other, at=AT)
    with pytest.raises(Refused, match="Ali Ben vient de relire"):
        approve(verbatim, by)
    verbatim.refresh_from_db()
    assert (verbatim.state, verbatim.moderated_by) == (VerbatimState.REFUSED, other)
    done = actions.approve_as_they_are(consultation=consultation, chosen={verbatim.public_id: 0}, by=by, at=AT)
    assert not done.done
    assert "Ali Ben" in done.left[0]


def test_several_at_once_but_not_those_that_may_name_somebody(session, consultation, by):
    plain, other, named = waiting(session), waiting(session, "une piscine"), waiting(session, "jouer avec Kévin")
    done = actions.approve_as_they_are(consultation=consultation, chosen=chosen(plain, other, named), by=by, at=AT)
    assert {one.pk for one in done.done} == {plain.pk, other.pk}
    assert "une par une" in done.left[0]
    named.refresh_from_db()
    assert named.state == VerbatimState.WAITING
    assert Entry.objects.get(kind="participation.verbatim.approved").details == {"count": 2}


def test_words_of_another_consultation_are_not_reached(session, consultation, by):
    from tests.participation.words import a_session

    elsewhere = waiting(a_session())
    done = actions.approve_as_they_are(consultation=consultation, chosen=chosen(elsewhere), by=by, at=AT)
    assert not done.done
    elsewhere.refresh_from_db()
    assert elsewhere.state == VerbatimState.WAITING


def test_the_last_gesture_is_taken_back_whole(session, consultation, by):
    first = approve(waiting(session, "un banc"), by)
    later = AT + timedelta(minutes=5)
    two = [waiting(session, "une piscine"), waiting(session, "un skate parc")]
    actions.approve_as_they_are(consultation=consultation, chosen=chosen(*two), by=by, at=later)
    assert actions.undo_last(consultation=consultation, by=by, at=later) == 2
    assert [one.text for one in Verbatim.objects.public()] == ["un banc"]
    assert actions.undo_last(consultation=consultation, by=by, at=later) == 1
    with pytest.raises(Refused):
        actions.undo_last(consultation=consultation, by=by, at=later)
    first.refresh_from_db()
    assert (first.state, first.wording, first.moderated_by) == (VerbatimState.WAITING, "", None)


def test_nobody_takes_back_a_colleagues_gesture(session, consultation, by):
    other = lead_of(consultation.organisation)
    Steward.objects.create(consultation=consultation, user=other, duty=Duty.MODERATOR, named_at=AT)
    approved(session, moderated_by=other)
    with pytest.raises(Refused):
        actions.undo_last(consultation=consultation, by=by, at=AT)


def test_words_that_say_the_same_get_one_name_and_keep_their_own(session, consultation, by):
    one, two = waiting(session), waiting(session, "Des arbres dans la cour")
    actions.group(consultation=consultation, chosen=chosen(one, two), name=" Plus  d’arbres ", by=by, at=AT)
    assert set(Verbatim.objects.values_list("group", "text")) == {
        ("Plus d’arbres", CALM),
        ("Plus d’arbres", "Des arbres dans la cour"),
    }


def test_themes_are_added_and_unknown_ones_refused(session, consultation, by):
    one = waiting(session, themes=["play"])
    actions.tag(consultation=consultation, chosen=chosen(one), themes=["nature"], by=by, at=AT)
    one.refresh_from_db()
    assert one.themes == ["play", "nature"]
    with pytest.raises(Refused):
        actions.tag(consultation=consultation, chosen=chosen(one), themes=["magic"], by=by, at=AT)


def test_an_empty_gesture_says_so(consultation, by):
    with pytest.raises(Refused, match="Cochez"):
        actions.approve_as_they_are(consultation=consultation, chosen={}, by=by, at=AT)


def test_somebody_else_of_the_organisation_moderates_nothing(session, consultation):
    lead = lead_of(consultation.organisation)
    with pytest.raises(PermissionDenied):
        approve(waiting(session), lead)
    with pytest.raises(PermissionDenied):
        actions.approve_as_they_are(consultation=consultation, chosen={"x": 0}, by=lead, at=AT)
    with pytest.raises(PermissionDenied):
        actions.undo_last(consultation=consultation, by=lead, at=AT)


def test_what_children_wrote_goes_a_year_after_the_answer_and_the_wording_stays(session, consultation, by):
    waiting(session)
    approved(session, "Un banc")
    refused(session, "Nul")
    day = consultation.answer_due_on
    at = AT.replace(year=day.year + 1, month=day.month, day=day.day)
    assert actions.forget_texts(at=at) == 0
    assert actions.forget_texts(at=at + timedelta(days=1)) == 3
    assert not Verbatim.objects.exclude(text="").exists()
    assert Verbatim.objects.public().get().wording == "Un banc"
    assert actions.forget_texts(at=at + timedelta(days=2)) == 0


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  un\tbanc\r\n vert ", "un banc vert"),
        ("un\u200bbanc\x00\x1b[31m", "unbanc[31m"),
        ("\u202eecalp", "ecalp"),
        ("e\u0301cole", "école"),
        ("👩\u200d👧 ❤️", "👩\u200d👧 ❤️"),
        ("é" * 900, "é" * 500),
        ("\u200b", ""),
    ],
)
def test_a_text_is_cleaned_of_what_cannot_be_read(raw, kept):
    assert clean(raw) == kept
