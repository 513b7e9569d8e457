"""A proposal's life by its actions: each move, what it writes, whom it tells, and what it refuses."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from marelle.accounts.models import Membership
from marelle.audit.queries import verify
from marelle.core.rules import Refused
from marelle.participation.actions import proposals as actions
from marelle.participation.enums import Level, Origin, ProposalState, StepKind, VerbatimState
from marelle.participation.models import Proposal
from tests.accounts.factories import CollectiviteFactory
from tests.participation.factories import open_consultation, proposal_in, session_of, verbatim

WORDS = {"wording": "Des arbres dans la cour pour avoir de l’ombre", "theme": "nature"}
YES = "Nous planterons six arbres dans la cour cet hiver."
NO = "La cour est au-dessus d’un parking, rien n’y pousse."


@pytest.fixture
def draft(session, people, rouen, at):
    return actions.propose(organisation=rouen, session=session, by=people.facilitator, at=at, article=31, **WORDS)


@pytest.fixture
def made(draft, people, at):
    return actions.publish(proposal=draft, by=people.lead, at=at)


@pytest.fixture
def answered(made, people, at):
    return actions.answer(
        proposal=made, text=YES, answered_by="Le maire", planned_for=date(2027, 2, 1), by=people.elected, at=at
    )


def told(people):
    """Which of these people were written to since the last look, each once."""
    names = {person.email: name for name, person in vars(people).items()}
    found = [names[one] for message in mail.outbox for one in message.to if one in names]
    mail.outbox.clear()
    assert len(found) == len(set(found))
    return set(found)


def test_a_facilitator_drafts_and_the_collectivite_makes_it_public(session, people, rouen, at, commit):
    with commit():
        draft = actions.propose(organisation=rouen, session=session, by=people.facilitator, at=at, **WORDS)
    assert (draft.state, draft.origin, draft.territory) == (ProposalState.DRAFT, Origin.SESSION, rouen.territory)
    assert not Proposal.objects.public().exists()
    assert told(people) == {"lead", "elected", "contributor"}

    with pytest.raises(PermissionDenied):
        actions.publish(proposal=draft, by=people.facilitator, at=at)
    with commit():
        made = actions.publish(proposal=draft, by=people.contributor, at=at)
    assert (made.state, made.made_on) == (ProposalState.MADE, date(2026, 11, 24))
    assert made.due_on - made.made_on == timedelta(days=60)
    assert told(people) == {"facilitator", "lead", "elected"}


def test_the_day_of_the_answer_is_a_setting_of_the_house(draft, people, at, settings):
    settings.PROPOSAL_ANSWER_DAYS = 30
    assert actions.publish(proposal=draft, by=people.lead, at=at).due_on == date(2026, 12, 24)


def test_an_answer_says_what_by_whom_and_for_when(made, people, at, commit):
    with commit():
        answered = actions.answer(
            proposal=made, text=YES, simple="Tu auras des arbres.", answered_by="Le maire", planned_for=date(2027, 2, 1),
            by=people.elected, at=at,
        )  # fmt: skip
    assert (answered.state, answered.answer, answered.answered_by) == (ProposalState.ANSWERED, YES, "Le maire")
    assert (answered.answered_on, answered.planned_for) == (at.date(), date(2027, 2, 1))
    sent = {message.to[0]: message.body for message in mail.outbox}
    assert told(people) == {"facilitator", "lead"}
    assert YES in sent[people.facilitator.email]
    assert "/fiche.pdf" in sent[people.facilitator.email]


def test_no_is_an_answer_and_can_be_reopened(made, people, at):
    no = actions.decline(proposal=made, text=NO, answered_by="Le maire", by=people.lead, at=at)
    assert (no.state, no.planned_for) == (ProposalState.IMPOSSIBLE, None)
    later = at + timedelta(days=30)
    yes = actions.answer(
        proposal=no, text=YES, answered_by="La maire", planned_for=date(2027, 5, 1), by=people.lead, at=later
    )
    assert (yes.state, yes.answer) == (ProposalState.ANSWERED, YES)
    assert yes.answered_on == at.date(), "the first answer is the one that counts the days"
    kinds = list(yes.steps.values_list("kind", flat=True))
    assert kinds == [StepKind.PROPOSED, StepKind.PUBLISHED, StepKind.IMPOSSIBLE, StepKind.ANSWERED]
    assert yes.steps.get(kind=StepKind.IMPOSSIBLE).text == NO


def test_a_promise_that_can_no_longer_be_kept_is_said(answered, people, at):
    assert (
        actions.decline(proposal=answered, text=NO, answered_by="Le maire", by=people.lead, at=at).state == "impossible"
    )


def test_done_says_what_when_and_by_whom(answered, people, at, commit):
    with commit():
        done = actions.finish(
            proposal=answered, note="Six arbres sont plantés dans la cour.", done_on=at.date(), by=people.contributor,
            done_by="Les jardiniers", at=at,
        )  # fmt: skip
    assert (done.state, done.done_on) == (ProposalState.DONE, at.date())
    assert done.steps.last().said_by == "Les jardiniers"
    assert told(people) == {"facilitator", "lead", "elected"}


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 25)])
def test_nothing_is_done_before_it_was_proposed_nor_tomorrow(answered, people, at, day):
    with pytest.raises(Refused, match="entre la proposition et aujourd’hui"):
        actions.finish(
            proposal=answered, note="Six arbres sont plantés là.", done_on=day, done_by="", by=people.lead, at=at
        )


@pytest.mark.parametrize("text", ["", "Vu.", "Non", "oui oui oui", "a b c d", "Impossible"])
def test_children_are_answered_with_a_real_sentence(made, people, at, text):
    for act in (actions.decline, actions.answer):
        more = {"planned_for": date(2027, 2, 1)} if act is actions.answer else {}
        with pytest.raises(Refused, match="vraie phrase"):
            act(proposal=made, text=text, answered_by="Le maire", by=people.lead, at=at, **more)
    made.refresh_from_db()
    assert made.state == ProposalState.MADE


def test_an_answer_has_a_name_and_a_day_to_come(made, people, at):
    with pytest.raises(Refused, match="qui répond"):
        actions.decline(proposal=made, text=NO, answered_by=" ", by=people.lead, at=at)
    with pytest.raises(Refused, match="déjà passée"):
        actions.answer(
            proposal=made, text=YES, answered_by="Le maire", planned_for=date(2026, 11, 1), by=people.lead, at=at
        )


def test_words_are_corrected_before_the_answer_and_the_thread_says_so(made, people, at):
    given = {"theme": "nature", "article": 31, "age_band": "9-12", "group_name": "CM1"}
    with pytest.raises(Refused, match="pourquoi"):
        actions.word(proposal=made, wording="Des arbres", by=people.lead, at=at, **given)
    worded = actions.word(proposal=made, wording="Des arbres", reason="Un nom y était.", by=people.lead, at=at, **given)
    step = worded.steps.last()
    assert (worded.wording, step.kind, step.text) == ("Des arbres", StepKind.WORDED, "Un nom y était.")
    assert not worded.steps.filter(text__contains="pour avoir de l’ombre").exists(), "the former words are not kept"


def test_words_stand_once_answered(answered, people, at):
    with pytest.raises(Refused, match="ne changent plus"):
        actions.word(
            proposal=answered, wording="Autre", theme="play", article=None, age_band="", group_name="", by=people.lead,
            at=at,
        )  # fmt: skip


def test_withdrawn_keeps_its_reason_and_its_public_page(made, people, at, commit):
    with commit():
        actions.withdraw(proposal=made, reason="Les enfants l’ont reprise eux-mêmes.", by=people.lead, at=at)
    made.refresh_from_db()
    assert made.state == ProposalState.WITHDRAWN
    assert made.steps.last().text == "Les enfants l’ont reprise eux-mêmes."
    assert made in Proposal.objects.visible_to(None)
    assert made not in Proposal.objects.counted()
    assert told(people) == {"facilitator"}


def test_who_drafted_takes_it_back_while_nobody_made_it_public(draft, people, at):
    assert actions.withdraw(proposal=draft, reason="Doublon", by=people.facilitator, at=at).state == "withdrawn"


def test_once_public_only_the_collectivite_withdraws(made, people, at):
    with pytest.raises(PermissionDenied):
        actions.withdraw(proposal=made, reason="Nous avons changé d’avis.", by=people.facilitator, at=at)


# --- From words, from a council ------------------------------------------------------------------------------


def test_from_approved_words_of_one_group(session, people, rouen, at):
    words = [verbatim(session), verbatim(session, "Il fait trop chaud")]
    made = actions.propose(organisation=rouen, verbatims=words, by=people.contributor, at=at, **WORDS)
    assert (made.origin, made.session) == (Origin.VERBATIM, session)
    assert set(made.verbatims.all()) == set(words)


def test_the_adult_of_the_group_carries_its_approved_words(session, people, rouen, at):
    made = actions.propose(organisation=rouen, verbatims=[verbatim(session)], by=people.colleague, at=at, **WORDS)
    assert made.session == session


@pytest.mark.parametrize("state", [VerbatimState.WAITING, VerbatimState.HELD])
def test_words_that_are_not_publishable_carry_nothing(session, people, rouen, at, state):
    word = verbatim(session, state=state, wording="")
    with pytest.raises(Refused, match="plus publiable"):
        actions.propose(organisation=rouen, verbatims=[word], by=people.contributor, at=at, **WORDS)
    assert not Proposal.objects.exists()


def test_words_of_a_national_consultation_go_to_the_town_of_the_group(rouen, school, people, at):
    national = open_consultation(level=Level.NATIONAL, territory=None, organisation=member_of_the_nation(people))
    here = session_of(national, organisation=school, opened_by=people.facilitator, territory=rouen.territory)
    word = verbatim(here)
    made = actions.propose(organisation=rouen, verbatims=[word], by=national.created_by, at=at, **WORDS)
    assert made.organisation == rouen
    elsewhere = CollectiviteFactory()
    with pytest.raises(Refused, match="une seule"):
        actions.propose(organisation=elsewhere, verbatims=[word], by=national.created_by, at=at, **WORDS)


def member_of_the_nation(people):
    return people.manager.memberships.get().organisation


def test_where_no_collectivite_is_here_the_reason_is_said(school, people, at):
    national = open_consultation(level=Level.NATIONAL, territory=None, organisation=member_of_the_nation(people))
    here = session_of(national, organisation=school, opened_by=people.facilitator, territory=None)
    with pytest.raises(Refused, match="Aucune collectivité"):
        actions.propose(organisation=None, session=here, by=people.facilitator, at=at, **WORDS)


def test_strangers_carry_nothing(session, people, rouen, at):
    for who in (people.neighbour, people.somebody, people.signatory, people.volunteer):
        with pytest.raises(PermissionDenied):
            actions.propose(organisation=rouen, session=session, by=who, at=at, **WORDS)


def test_whoever_left_is_no_longer_told(draft, people, at, commit):
    Membership.objects.filter(user=people.facilitator).update(ends_on=at.date())
    mail.outbox.clear()
    with commit():
        actions.publish(proposal=draft, by=people.lead, at=at)
    assert told(people) == {"elected"}


# --- Duplicates ----------------------------------------------------------------------------------------------


def test_two_that_say_the_same_are_joined_and_both_remember(made, rouen, people, at):
    other = proposal_in("made", organisation=rouen)
    joined = actions.join(proposal=other, into=made, by=people.lead, at=at)
    assert joined.joined_to == made
    assert list(Proposal.objects.counted()) == [made]
    assert made.steps.last().kind == other.steps.last().kind == StepKind.JOINED
    with pytest.raises(Refused, match="réunie à une autre"):
        actions.decline(proposal=other, text=NO, answered_by="Le maire", by=people.lead, at=at)
    actions.separate(proposal=other, by=people.lead, at=at)
    assert Proposal.objects.counted().count() == 2


def test_the_groups_of_both_are_told(made, rouen, school, session, people, at, commit):
    other = proposal_in(
        "made", organisation=rouen, session=session_of(
            session.consultation, organisation=school, opened_by=people.colleague
        ), created_by=people.colleague,
    )  # fmt: skip
    actions.join(proposal=other, into=made, by=people.lead, at=at)
    mail.outbox.clear()
    with commit():
        actions.decline(proposal=made, text=NO, answered_by="Le maire", by=people.lead, at=at)
    assert told(people) == {"facilitator", "colleague", "elected"}


def test_it_joins_neither_itself_nor_another_town_s_nor_a_chain(made, rouen, people, at):
    joined = actions.join(proposal=proposal_in("made", organisation=rouen), into=made, by=people.lead, at=at)
    elsewhere = proposal_in("made")
    draft = proposal_in("draft", organisation=rouen)
    third = proposal_in("made", organisation=rouen)
    for one, into in [(made, made), (third, elsewhere), (third, draft), (third, joined), (made, third)]:
        with pytest.raises(Refused):
            actions.join(proposal=one, into=into, by=people.lead, at=at)


def test_what_others_joined_is_not_withdrawn(made, rouen, people, at):
    actions.join(proposal=proposal_in("made", organisation=rouen), into=made, by=people.lead, at=at)
    with pytest.raises(Refused, match="séparez-les"):
        actions.withdraw(proposal=made, reason="Les enfants l’ont reprise.", by=people.lead, at=at)


def test_the_log_holds(answered):
    assert verify().holds


@pytest.mark.parametrize("taken_back", [VerbatimState.WAITING, VerbatimState.REFUSED, VerbatimState.HELD])
def test_words_taken_back_do_not_become_public_through_a_proposal(session, people, rouen, at, taken_back):
    """Drafted from a child's approved words; then a moderator takes them back, or those who protect hold them."""
    words = [verbatim(session), verbatim(session)]
    draft = actions.propose(organisation=rouen, verbatims=words, by=people.lead, at=at, **WORDS)
    for one in words:
        reason = "person" if taken_back == VerbatimState.REFUSED else ""
        one.__class__.objects.filter(pk=one.pk).update(state=taken_back, wording="", reason=reason)
    with pytest.raises(Refused, match="ne sont plus publiables"):
        actions.publish(proposal=draft, by=people.lead, at=at)
    draft.refresh_from_db()
    assert draft.state == ProposalState.DRAFT


def test_one_word_taken_back_among_others_leaves_the_proposal(session, people, rouen, at):
    words = [verbatim(session), verbatim(session)]
    draft = actions.propose(organisation=rouen, verbatims=words, by=people.lead, at=at, **WORDS)
    words[0].__class__.objects.filter(pk=words[0].pk).update(state=VerbatimState.WAITING, wording="")
    assert actions.publish(proposal=draft, by=people.lead, at=at).is_public
