"""Two people save the same question in the same instant, with real transactions on both engines."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from marelle.accounts.enums import Role
from marelle.programme.actions import answers
from marelle.programme.actions.answers import Outcome, Typed
from marelle.programme.models import Answer, AnswerRevision, UnmergedText
from tests.accounts.factories import member_of
from tests.programme.factories import CandidacyFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """Run the calls in threads that start together; their results, in order."""
    barrier, results = Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            barrier.wait(timeout=20)
            results[place] = call()
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_one_is_saved_the_others_are_kept_apart_and_nothing_is_lost(at):
    candidacy = CandidacyFactory()
    people = [member_of(candidacy.organisation, Role.CONTRIBUTOR) for _ in range(4)]
    texts = [f"Le texte de {person.name}." for person in people]

    def saving(person, text):
        typed = {"motivation": Typed(text, 0)}
        return lambda: answers.write(candidacy=candidacy, typed=typed, by=person, at=at)["motivation"]

    outcomes = at_once(*[saving(person, text) for person, text in zip(people, texts, strict=True)])

    assert sorted(outcomes) == sorted([Outcome.SAVED] + [Outcome.KEPT_APART] * 3)
    kept = set(UnmergedText.objects.values_list("value", flat=True))
    assert kept | {Answer.objects.get().value} == set(texts)
    assert AnswerRevision.objects.count() == 1


def test_different_questions_saved_at_once_are_all_saved(at):
    candidacy = CandidacyFactory()
    people = [member_of(candidacy.organisation, Role.CONTRIBUTOR) for _ in range(3)]
    new = [("motivation", "Parce que."), ("enfants", 12), ("conseil", True)]

    def saving(person, key, value):
        return lambda: answers.write(candidacy=candidacy, typed={key: Typed(value, 0)}, by=person, at=at)[key]

    assert at_once(*[saving(p, *one) for p, one in zip(people, new, strict=True)]) == [Outcome.SAVED] * 3
    assert dict(Answer.objects.values_list("question", "value")) == dict(new)
