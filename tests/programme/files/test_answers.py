"""Several people write in one file, and nobody's words are lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.programme.actions import answers
from marelle.programme.actions.answers import NEVER_READ, Outcome, Typed
from marelle.programme.enums import Status
from marelle.programme.models import AnswerRevision, UnmergedText
from tests.programme.factories import CandidacyFactory


def save(candidacy, by, at, key="motivation", value="Un texte.", base=0):
    return answers.write(candidacy=candidacy, typed={key: Typed(value, base)}, by=by, at=at)[key]


def answer(candidacy, key="motivation"):
    return candidacy.answers.get(question=key)


def test_a_first_save_is_revision_one_and_a_sign_of_life(candidacy, lead, at):
    assert save(candidacy, lead, at) == Outcome.SAVED
    assert (answer(candidacy).value, answer(candidacy).revision) == ("Un texte.", 1)
    candidacy.refresh_from_db()
    assert candidacy.last_activity_at == at
    assert not Entry.objects.exists()


def test_saving_the_same_makes_no_revision(candidacy, lead, colleague, at):
    save(candidacy, lead, at)
    later = at + timedelta(hours=1)
    assert save(candidacy, colleague, later, base=1) == Outcome.UNCHANGED
    assert save(candidacy, colleague, later, base=0) == Outcome.UNCHANGED
    assert AnswerRevision.objects.count() == 1
    assert answer(candidacy).saved_by == lead
    candidacy.refresh_from_db()
    assert candidacy.last_activity_at == at


def test_an_older_page_that_was_not_touched_changes_nothing(candidacy, lead, colleague, at):
    save(candidacy, lead, at, value="Premier.")
    save(candidacy, lead, at, value="Second.", base=1)
    assert save(candidacy, colleague, at, value="Premier.", base=1) == Outcome.UNCHANGED
    assert answer(candidacy).value == "Second."
    assert not UnmergedText.objects.exists()


@pytest.mark.parametrize("base", [0, 1, 7, NEVER_READ])
def test_a_stale_save_never_overwrites_and_is_kept_apart(candidacy, lead, colleague, at, base):
    save(candidacy, lead, at, value="Premier.")
    save(candidacy, lead, at, value="Second.", base=1)
    assert save(candidacy, colleague, at, value="Le mien.", base=base) == Outcome.KEPT_APART
    assert answer(candidacy).value == "Second."
    kept = UnmergedText.objects.get()
    assert (kept.value, kept.kept_by) == ("Le mien.", colleague)


def test_a_second_stale_save_keeps_the_latest_words(candidacy, lead, colleague, at):
    save(candidacy, lead, at)
    save(candidacy, colleague, at, value="Le mien", base=0)
    save(candidacy, colleague, at, value="Le mien, plus long.", base=0)
    assert UnmergedText.objects.get().value == "Le mien, plus long."


@pytest.fixture
def kept(candidacy, lead, colleague, at):
    save(candidacy, lead, at, value="Celui d’Inès.")
    save(candidacy, colleague, at, value="Celui de Marc.")
    return UnmergedText.objects.get()


def test_keeping_theirs_lets_mine_go(candidacy, kept, colleague):
    answers.let_go(unmerged=kept, by=colleague)
    assert answer(candidacy).value == "Celui d’Inès."
    assert not UnmergedText.objects.exists()


def test_putting_mine_keeps_theirs_among_the_versions(candidacy, kept, colleague, at):
    assert answers.put_mine(unmerged=kept, base=1, by=colleague, at=at) == Outcome.SAVED
    assert answer(candidacy).value == "Celui de Marc."
    assert [r.value for r in answer(candidacy).revisions.all()] == ["Celui de Marc.", "Celui d’Inès."]
    assert not UnmergedText.objects.exists()


def test_putting_mine_asks_again_when_theirs_moved_meanwhile(candidacy, kept, lead, colleague, at):
    save(candidacy, lead, at, value="Celui d’Inès, revu.", base=1)
    assert answers.put_mine(unmerged=kept, base=1, by=colleague, at=at) == Outcome.KEPT_APART
    assert answer(candidacy).value == "Celui d’Inès, revu."
    assert UnmergedText.objects.get().value == "Celui de Marc."


def test_nobody_settles_another_persons_text(kept, lead, at):
    with pytest.raises(Refused):
        answers.let_go(unmerged=kept, by=lead)
    with pytest.raises(Refused):
        answers.put_mine(unmerged=kept, base=1, by=lead, at=at)


def test_an_earlier_version_comes_back_as_a_new_one(candidacy, lead, at):
    save(candidacy, lead, at, value="Un.")
    save(candidacy, lead, at, value="Deux.", base=1)
    assert answers.restore(answer=answer(candidacy), revision=1, by=lead, at=at) == Outcome.SAVED
    assert (answer(candidacy).value, answer(candidacy).revision) == ("Un.", 3)
    with pytest.raises(Refused):
        answers.restore(answer=answer(candidacy), revision=9, by=lead, at=at)


def test_unknown_questions_and_endless_texts_stop_nothing_else(candidacy, lead, at):
    outcomes = answers.write(
        candidacy=candidacy,
        typed={
            "motivation": Typed("x" * 200_001, 0),
            "enfants": Typed({"raw": "deux cents"}, 0),
            "inconnue": Typed("?", 0),
        },
        by=lead,
        at=at,
    )
    assert outcomes == {"motivation": Outcome.TOO_LONG, "enfants": Outcome.SAVED, "inconnue": Outcome.UNKNOWN}
    assert answer(candidacy, "enfants").value == {"raw": "deux cents"}


def test_the_number_of_queries_does_not_grow_with_the_questions(candidacy, lead, at, django_assert_max_num_queries):
    one = {"motivation": Typed("Un.", 0)}
    many = one | {"enfants": Typed(3, 0), "conseil": Typed(True, 0), "conseil-role": Typed("a", 0)}
    with django_assert_max_num_queries(14):
        answers.write(candidacy=candidacy, typed=one, by=lead, at=at)
    with django_assert_max_num_queries(14):
        answers.write(candidacy=candidacy, typed=many, by=lead, at=at)


def test_a_stranger_and_a_closed_file_are_refused(candidacy, lead, at):
    from tests.accounts.factories import national

    with pytest.raises(PermissionDenied):
        save(candidacy, national(), at)
    filed = CandidacyFactory(status=Status.FILED)
    from tests.accounts.factories import lead_of

    with pytest.raises(Refused, match="déposé"):
        save(filed, lead_of(filed.organisation), at)
