"""Role × state for every rule of the instruction, written out by hand."""

from datetime import timedelta

import pytest

from marelle.core.rules import No, NotNow
from marelle.programme.enums import CLOSED, IN_INSTRUCTION, Status
from marelle.programme.models import Candidacy, ConflictOfInterest, Message, Opinion
from marelle.programme.rules import assignments, conflicts, corrections, messages, moves, notes, opinions, reviews

pytestmark = pytest.mark.django_db

TOWN = {"lead", "elected", "contributor", "signatory"}
TEAM = {"adviser", "manager"}
ALWAYS = set(Status)
HANDED_OVER = ALWAYS - {Status.INTERESTED, Status.DRAFT, Status.ABANDONED}


def states(everywhere, *, volunteer=HANDED_OVER):
    """Who, in which states; a volunteer only sees what was handed over."""
    return {role: set(volunteer) if role == "volunteer" else ALWAYS for role in everywhere}


def during(roles, wanted):
    return dict.fromkeys(roles, set(wanted))


def both(*tables):
    return {role: found for table in tables for role, found in table.items()}


TABLE = {
    "read notes": (notes.can_read, states({*TEAM, "head", "volunteer"})),
    "add a note": (notes.can_add, states({*TEAM, "head", "volunteer"})),
    "read messages": (messages.can_read, states({*TOWN, *TEAM, "head", "volunteer"})),
    "write": (messages.can_write, during(TOWN | TEAM, ALWAYS - {Status.ABANDONED})),
    "read the file": (reviews.can_read, both(states({*TEAM, "head", "volunteer"}))),
    "ask corrections": (corrections.can_ask, during(TEAM, {Status.UNDER_REVIEW})),
    "cancel corrections": (corrections.can_cancel, during(TEAM, {Status.CORRECTION})),
    "ask an opinion": (opinions.can_ask, during(TEAM, IN_INSTRUCTION)),
    "assign": (assignments.can_assign, during({"manager"}, ALWAYS - CLOSED)),
    "declare a conflict": (conflicts.can_declare, states({*TEAM, "head", "volunteer"})),
}


@pytest.mark.parametrize("verb", TABLE)
def test_role_by_state(verb, candidacy, people):
    rule, table = TABLE[verb]
    for status in Status:
        Candidacy.objects.filter(pk=candidacy.pk).update(status=status)
        fresh = Candidacy.objects.get(pk=candidacy.pk)
        for role, person in vars(people).items():
            answer = rule(person, fresh)
            assert bool(answer) == (status in table.get(role, set())), (verb, role, status)
            if not answer:
                assert answer.reason


@pytest.mark.parametrize("verb", TABLE)
def test_a_conflict_of_interest_shuts_every_door(verb, candidacy, people, at):
    rule, _table = TABLE[verb]
    for person in vars(people).values():
        ConflictOfInterest.objects.create(candidacy=candidacy, user=person, reason="Ma ville", declared_at=at)
    for status in Status:
        Candidacy.objects.filter(pk=candidacy.pk).update(status=status)
        fresh = Candidacy.objects.get(pk=candidacy.pk)
        assert not any(rule(person, fresh) for person in vars(people).values())


def test_corrections_wait_for_something_submitted(candidacy, people):
    candidacy.submissions.all().delete()
    assert type(corrections.can_ask(people.adviser, candidacy)) is NotNow
    assert type(reviews.can_read(people.adviser, candidacy)) is NotNow


def opinion(candidacy, person, at, **fields):
    return Opinion.objects.create(
        candidacy=candidacy, asked_of=person, due_on=at.date() + timedelta(days=9), asked_at=at,
        asked_by=candidacy.adviser, **fields,
    )  # fmt: skip


def test_who_may_be_asked_for_an_opinion(candidacy, people, at):
    yes = {"expert", "head", "volunteer"}
    for role, person in vars(people).items():
        answer = opinions.can_be_asked(person, candidacy)
        assert bool(answer) == (role in yes), role
        if not answer:
            assert type(answer) is NotNow
            assert answer.reason
    assert "territoire" in opinions.can_be_asked(people.volunteer_elsewhere, candidacy).reason
    opinion(candidacy, people.expert, at)
    assert "déjà" in opinions.can_be_asked(people.expert, candidacy).reason
    people.head.is_active = False
    assert not opinions.can_be_asked(people.head, candidacy)
    ConflictOfInterest.objects.create(candidacy=candidacy, user=people.volunteer, reason="Proche", declared_at=at)
    assert "conflit" in opinions.can_be_asked(people.volunteer, candidacy).reason


@pytest.mark.parametrize("status", Status)
def test_who_gives_reminds_and_revokes_in_which_state(status, candidacy, people, at):
    one = opinion(candidacy, people.expert, at)
    Candidacy.objects.filter(pk=candidacy.pk).update(status=status)
    one = Opinion.objects.select_related("candidacy").get(pk=one.pk)
    during_it = status in IN_INSTRUCTION
    for role, person in vars(people).items():
        assert bool(opinions.can_give(person, one)) == (role == "expert" and during_it), (role, status)
        assert bool(opinions.can_remind(person, one)) == (role in TEAM and during_it), (role, status)
        assert bool(opinions.can_revoke(person, one)) == (role in TEAM and during_it), (role, status)


def test_an_opinion_given_or_revoked_moves_no_more(candidacy, people, at):
    given = opinion(candidacy, people.expert, at, given_at=at, advice="favourable", text="Oui.")
    assert type(opinions.can_give(people.expert, given)) is NotNow
    assert type(opinions.can_remind(people.adviser, given)) is NotNow
    assert opinions.can_revoke(people.adviser, given) is True
    revoked = opinion(candidacy, people.head, at, revoked_at=at, revoked_reason="Erreur")
    assert type(opinions.can_give(people.head, revoked)) is NotNow
    assert type(opinions.can_revoke(people.adviser, revoked)) is NotNow


@pytest.mark.parametrize(("is_confidential", "readers"), [(True, TEAM), (False, TEAM | {"head", "volunteer"})])
def test_who_reads_an_opinion(is_confidential, readers, candidacy, people, at):
    one = opinion(
        candidacy, people.expert, at, is_confidential=is_confidential, given_at=at, advice="reserved", text="Hum."
    )
    found = {role for role, person in vars(people).items() if opinions.can_read(person, one)}
    assert found == readers | {"expert"}


def test_nobody_reads_a_draft_and_only_the_national_staff_a_revoked_one(candidacy, people, at):
    draft = opinion(candidacy, people.expert, at, text="Je pense que…")
    assert not any(opinions.can_read(person, draft) for person in vars(people).values())
    revoked = opinion(
        candidacy, people.head, at, given_at=at, advice="reserved", text="Hum.", revoked_at=at, revoked_reason="Erreur"
    )
    found = {role for role, person in vars(people).items() if opinions.can_read(person, revoked)}
    assert found == TEAM


def test_a_volunteer_who_owes_an_opinion_does_not_read_the_others_first(candidacy, people, at):
    given = opinion(candidacy, people.expert, at, given_at=at, advice="reserved", text="Hum.")
    own = opinion(candidacy, people.volunteer, at)
    every = [given, own]
    assert opinions.readable(people.volunteer, candidacy, every) == []
    own.given_at, own.advice = at, "favourable"
    assert opinions.readable(people.volunteer, candidacy, every) == every


def test_the_side_that_is_awaited_says_there_is_nothing_to_answer(candidacy, people, at):
    one = Message.objects.create(candidacy=candidacy, side="collectivite", text="Merci !", at=at, by=people.lead)
    found = {role for role, person in vars(people).items() if messages.can_settle(person, one)}
    assert found == TEAM
    one.side = "team"
    assert {role for role, person in vars(people).items() if messages.can_settle(person, one)} == TOWN
    one.settled_at = at
    assert type(messages.can_settle(people.lead, one)) is NotNow


def test_who_takes_over_from_whom(people):
    yes = {
        (role, taker)
        for role in vars(people)
        for taker in ("adviser", "manager", "expert", "lead")
        if assignments.can_take_over(getattr(people, role), people.stranger, getattr(people, taker))
    }
    assert yes == {("manager", "adviser"), ("manager", "manager"), ("adviser", "adviser")}
    assert type(assignments.can_take_over(people.manager, people.adviser, people.adviser)) is NotNow
    assert type(assignments.can_take_over(people.volunteer, people.adviser, people.volunteer)) is No


def test_who_may_follow_a_file(candidacy, people, at):
    found = {role for role, person in vars(people).items() if assignments.can_advise(person, candidacy)}
    assert found == TEAM
    ConflictOfInterest.objects.create(candidacy=candidacy, user=people.manager, reason="Ma ville", declared_at=at)
    assert "lien" in assignments.can_advise(people.manager, candidacy).reason


def test_opening_a_review_is_a_move_of_the_national_staff(candidacy, people):
    candidacy.status = Status.FILED
    found = {role for role, person in vars(people).items() if moves.can_move(person, candidacy, "open_review")}
    assert found == TEAM
