"""Role × state: who may do what to a proposal."""

import pytest

from marelle.core.rules import No, NotNow
from marelle.participation.enums import PROPOSAL_MOVES, ProposalState
from marelle.participation.models import Proposal
from marelle.participation.rules import proposals as rules
from marelle.participation.rules.proposals import ACTS, Act
from tests.participation.factories import proposal_in

WRITERS, SIGNERS = {"lead", "elected", "contributor"}, {"lead", "elected"}
WHO = {
    Act.WORD: (WRITERS, {"draft", "made"}),
    Act.PUBLISH: (WRITERS, {"draft"}),
    Act.ANSWER: (SIGNERS, {"made", "impossible"}),
    Act.DECLINE: (SIGNERS, {"made", "answered"}),
    Act.FINISH: (WRITERS, {"answered"}),
    Act.WITHDRAW: (WRITERS, {"draft", "made"}),
    Act.JOIN: (WRITERS, {"made"}),
    Act.SUPPORT: (WRITERS, {"made", "answered"}),
}
DESTINATIONS = {
    Act.PUBLISH: "made", Act.ANSWER: "answered", Act.DECLINE: "impossible", Act.FINISH: "done", Act.WITHDRAW: "withdrawn",
}  # fmt: skip


@pytest.mark.parametrize("state", ProposalState)
def test_the_table_of_roles_and_states(people, rouen, state):
    proposal = proposal_in(state, organisation=rouen)
    for act, (roles, states) in WHO.items():
        for name, person in vars(people).items():
            answer = rules.can(person, act, proposal)
            if name not in roles:
                assert isinstance(answer, No), (name, act)
                assert not isinstance(answer, NotNow), (name, act)
            elif state in states:
                assert answer is True, (name, act)
            else:
                assert isinstance(answer, NotNow), (name, act)


def test_the_table_says_what_the_life_allows():
    """Each move of the life has one act that makes it, and no act makes another."""
    made = {(state, DESTINATIONS[act]) for act in DESTINATIONS for state in ACTS[act].states}
    assert made == {(state, to) for state, ways in PROPOSAL_MOVES.items() for to in ways}


@pytest.mark.parametrize("state", ProposalState)
def test_who_sees_it_in_each_state(people, rouen, session, state):
    proposal = proposal_in(state, organisation=rouen, session=session, created_by=people.facilitator)
    everyone = set(vars(people))
    seen = {name for name, who in vars(people).items() if proposal in Proposal.objects.visible_to(who)}
    inside = {"lead", "elected", "contributor", "signatory", "facilitator", "colleague"}
    assert seen == (inside if state in {"draft", "withdrawn"} else everyone)
    assert (proposal in Proposal.objects.visible_to(None)) is (state not in {"draft", "withdrawn"})


def test_nobody_acts_on_one_that_was_joined(people, rouen):
    proposal = proposal_in("made", organisation=rouen, joined_to=proposal_in("made", organisation=rouen))
    assert all(isinstance(rules.can(people.lead, act, proposal), NotNow) for act in Act)


def test_the_sheet_is_for_those_who_bring_it_back(people, rouen, session):
    proposal = proposal_in("answered", organisation=rouen, session=session)
    may = {name for name, who in vars(people).items() if rules.can_print(who, proposal)}
    assert may == {"lead", "elected", "contributor", "signatory", "facilitator", "colleague"}
    draft = proposal_in("draft", organisation=rouen, session=session)
    assert isinstance(rules.can_print(people.facilitator, draft), NotNow)


def test_who_carries_what_a_group_says(people, rouen, session):
    may = {name for name, who in vars(people).items() if rules.can_propose(who, rouen, session=session)}
    assert may == {"lead", "elected", "contributor", "facilitator", "colleague"}


def test_a_join_is_undone_until_the_answer(people, rouen):
    into = proposal_in("made", organisation=rouen)
    joined = proposal_in("made", organisation=rouen, joined_to=into)
    assert rules.can_separate(people.lead, joined)
    assert not isinstance(rules.can_separate(people.facilitator, joined), NotNow)
    joined.joined_to = proposal_in("answered", organisation=rouen)
    assert isinstance(rules.can_separate(people.lead, joined), NotNow)
