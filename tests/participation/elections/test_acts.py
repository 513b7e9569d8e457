"""An election from its first card to the seats, with real ballots."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.ballots.actions import bundles
from marelle.ballots.enums import Mode, StationState
from marelle.ballots.models import Box
from marelle.ballots.paper import Unreadable
from marelle.ballots.queries.verifying import verify
from marelle.core.rules import NotNow, Refused
from marelle.participation.actions import candidates, elections
from marelle.participation.definition import ticket_paper
from marelle.participation.models import Candidate, Election, Member
from marelle.participation.queries import elections as queries
from marelle.participation.queries.councils import Place, seat_of
from marelle.participation.rules import elections as rules
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national
from tests.participation.councils.factories import TermFactory

pytestmark = pytest.mark.django_db

CARRIES = {Role.LEAD, Role.ELECTED}
TENDS = {*CARRIES, Role.CONTRIBUTOR}


def named(election):
    return [line.candidate.first_name for line in queries.count(election).elected]


@pytest.mark.parametrize("role", [Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR, Role.SIGNATORY])
@pytest.mark.parametrize("state", ["draft", "open", "counted", "announced"])
def test_truth_table_of_the_collectivite(prepared, vote, lead, at, role, state):
    election = prepared(seats=1)
    if state != "draft":
        election = elections.open_vote(election=election, by=lead, at=at)
        vote(election, ["Ana"], ["Ana"], ["Bilal"])
    if state in {"counted", "announced"}:
        election = elections.close(election=election, by=lead, at=at)
    if state == "announced":
        election = elections.announce(election=election, by=lead, at=at)
    person = member_of(election.council.organisation, role)
    assert election.state == state
    assert {
        "prepare": bool(rules.can_prepare(person, election)),
        "open": bool(rules.can_open(person, election)),
        "class": bool(rules.can_open_class(person, election, on=at.date())),
        "close": bool(rules.can_close(person, election)),
        "read": bool(rules.can_read_counts(person, election)),
        "announce": bool(rules.can_announce(person, election)),
        "draw": bool(rules.can_draw(person, election)),
    } == {
        "prepare": role in TENDS and state == "draft",
        "open": role in CARRIES and state == "draft",
        "class": role in TENDS and state == "open",
        "close": role in CARRIES and state == "open",
        "read": state == "counted" and role in CARRIES or state == "announced" and role in TENDS,
        "announce": role in CARRIES and state == "counted",
        "draw": False,  # nobody came level
    }


def test_a_stranger_does_nothing(opened, at):
    election = opened()
    for person in (UserFactory(), national(), national(Role.SAFEGUARDING), lead_of(CollectiviteFactory())):
        assert not isinstance(rules.can_tend(person, election), NotNow)
        assert election not in Election.objects.visible_to(person)
        for act in (elections.close, elections.announce, elections.read_counts, elections.drop):
            with pytest.raises(PermissionDenied):
                act(election=election, by=person, at=at)


def test_a_school_of_the_town_opens_its_classes_and_nothing_more(opened, prepared, vote, teacher, at):
    draft, election = prepared(), opened()
    assert draft not in Election.objects.visible_to(teacher)
    assert election in Election.objects.visible_to(teacher)
    assert rules.can_open_class(teacher, election, on=at.date())
    session = vote(election, ["Ana"], by=teacher)
    assert session.organisation.name == "École Jean-Zay"
    assert not rules.can_tend(teacher, election)
    assert not rules.can_read_counts(teacher, election)


def test_the_vote_of_a_class_keeps_to_its_days(opened, lead, teacher, at):
    election = opened(starts_on=at.date() + timedelta(days=1), ends_on=at.date() + timedelta(days=2))
    for days, allowed in ((0, False), (1, True), (2, True), (3, False)):
        assert bool(rules.can_open_class(teacher, election, on=at.date() + timedelta(days=days))) == allowed


def test_an_open_link_is_not_a_vote(opened, lead, at):
    with pytest.raises(Refused, match="chaque enfant a une voix"):
        elections.open_class(
            election=opened(), organisation=lead.memberships.get().organisation, title="CM1", mode=Mode.LINK,
            gathering="school", roll=3, by=lead, at=at,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"has_consent": False}, "L’accord"),
        ({"picto": ""}, "dessin manque"),
        ({"picto": "1F436"}, "même dessin"),
    ],
)
def test_the_vote_opens_once_every_card_is_complete(prepared, lead, at, wrong, said):
    election = prepared()
    Candidate.objects.filter(first_name="Ana").update(**wrong)
    with pytest.raises(Refused, match=said):
        elections.open_vote(election=election, by=lead, at=at)
    assert not Box.objects.exists()


def test_there_is_something_to_choose(prepared, lead, at):
    with pytest.raises(Refused, match="au moins deux"):
        elections.open_vote(election=prepared(candidates_=1), by=lead, at=at)
    with pytest.raises(Refused, match="autant de voix"):
        elections.open_vote(election=prepared(candidates_=2, votes_each=2), by=lead, at=at)


def test_opening_freezes_the_cards(opened, lead, at):
    election = opened()
    assert election.box.purpose == "election"
    with pytest.raises(Refused, match="ne changent plus"):
        candidates.add(election=election, first_name="Zoé", by=lead, at=at)
    with pytest.raises(Refused):
        candidates.remove(candidate=election.candidates.first(), by=lead, at=at)
    with pytest.raises(Refused):
        elections.drop(election=election, by=lead, at=at)


def test_the_childs_questionnaire_is_the_paper_of_the_box(opened):
    election = opened(votes_each=2)
    asked = queries.of_box(election.box)
    paper = ticket_paper(asked)["questions"][0]
    assert paper == election.box.content["questions"][0]
    assert paper["most"] == 2
    label = next(iter(asked.questions.values())).choices[0].label["fr"]
    assert label == "Ana, CM1 · Plus de jeux"


def test_more_voices_than_allowed_are_not_a_ballot(opened, vote):
    with pytest.raises(Unreadable):
        vote(opened(votes_each=1), ["Ana", "Bilal"])


def test_those_with_most_voices_take_the_seats(counted, lead, at):
    election = counted(["Ana"], ["Ana"], ["Bilal"], ["Bilal"], ["Chloé"], [])
    count = elections.read_counts(election=election, by=lead, at=at)
    assert (count.ballots, count.blank, count.voices) == (6, 1, 5)
    assert [(line.candidate.first_name, line.votes, line.is_elected) for line in count.lines] == [
        ("Ana", 2, True), ("Bilal", 2, True), ("Chloé", 1, False),
    ]  # fmt: skip
    assert [one.findings for one in verify(election.box)] == [()]


def test_closing_closes_every_class_and_nobody_goes_back(counted, lead, at):
    election = counted(["Ana"])
    assert {s.station.state for s in election.sessions.all()} == {StationState.SETTLED}
    for act in (elections.close, elections.open_vote):
        with pytest.raises(Refused):
            act(election=election, by=lead, at=at)


def test_paper_sheets_count_beside_the_screens(opened, lead, at, vote):
    election = opened(seats=1)
    vote(election, ["Ana"])
    session = vote(election, mode=Mode.PAPER)
    keys = {one.first_name: one.key for one in election.candidates.all()}
    bundle = bundles.enter(
        station=session.station, age_band="", sheets=1, cells={"candidates": {"*": 1, keys["Bilal"]: 1}}, at=at
    )
    bundles.confirm(bundle=bundle, sheets=1, by=lead, at=at)
    elections.close(election=election, by=lead, at=at)
    votes, ballots, named_ = queries.votes_of(election)
    assert (votes[keys["Ana"]], votes[keys["Bilal"]], ballots, named_) == (1, 1, 2, 2)


def test_nobody_reads_the_counts_before_the_end_and_early_reading_is_written_down(opened, counted, lead, at):
    with pytest.raises(Refused, match="avant la fin du vote"):
        elections.read_counts(election=opened(), by=lead, at=at)
    election = counted(["Ana"])
    contributor = member_of(election.council.organisation, Role.CONTRIBUTOR)
    with pytest.raises(PermissionDenied):
        elections.read_counts(election=election, by=contributor, at=at)
    elections.read_counts(election=election, by=lead, at=at)
    entry = Entry.objects.get(kind="participation.election.read")
    assert entry.actor == lead.public_id
    elections.announce(election=election, by=lead, at=at)
    elections.read_counts(election=election, by=lead, at=at)
    assert Entry.objects.filter(kind="participation.election.read").count() == 1


def test_a_tie_waits_for_lots(counted, lead, at):
    election = counted(["Ana"], ["Ana"], ["Bilal"], ["Chloé"])
    assert [one.first_name for one in queries.tied(election)] == ["Bilal", "Chloé"]
    with pytest.raises(Refused, match="tirage au sort"):
        elections.announce(election=election, by=lead, at=at)
    keys = {one.first_name: one.key for one in election.candidates.all()}
    for wrong in ([], [keys["Ana"]], [keys["Bilal"], keys["Chloé"]], ["nobody"]):
        with pytest.raises(Refused, match="exactement 1"):
            elections.draw_lots(election=election, drawn=wrong, drawn_on=at.date(), by=lead, at=at)
    for day in (at.date() - timedelta(days=1), at.date() + timedelta(days=1)):
        with pytest.raises(Refused, match="après la fin du vote"):
            elections.draw_lots(election=election, drawn=[keys["Chloé"]], drawn_on=day, by=lead, at=at)
    elections.draw_lots(election=election, drawn=[keys["Chloé"]], drawn_on=at.date(), by=lead, at=at)
    election = elections.announce(election=election, by=lead, at=at)
    assert named(election) == ["Ana", "Chloé"]
    assert election.drawn_on == at.date()


def test_who_renounces_is_neither_shown_nor_elected_and_lots_drawn_for_nothing_are_void(
    counted, opened, vote, lead, at
):
    election = opened(seats=1)
    vote(election, ["Ana"], ["Ana"], ["Bilal"])
    candidates.withdraw(candidate=election.candidates.get(first_name="Ana"), by=lead, at=at)
    election = Election.objects.get(pk=election.pk)
    assert election.revision == 2
    labels = [one.label["fr"] for one in next(iter(queries.of_box(election.box).questions.values())).choices]
    assert not any("Ana" in label for label in labels)
    election = elections.close(election=election, by=lead, at=at)
    assert named(elections.announce(election=election, by=lead, at=at)) == ["Bilal"]


def test_an_election_without_a_ballot_elects_nobody(opened, lead, at):
    election = elections.close(election=opened(), by=lead, at=at)
    assert named(elections.announce(election=election, by=lead, at=at)) == []


def test_the_announcement_tells_the_adults_once_without_a_name(counted, lead, teacher, vote, opened, at, commit):
    election = opened(seats=1)
    vote(election, ["Ana"], by=teacher)
    elections.close(election=election, by=lead, at=at)
    with commit():
        elections.announce(election=election, by=lead, at=at)
    assert sorted(to for one in mail.outbox for to in one.to) == sorted([lead.email, teacher.email])
    assert "Ana" not in str([(one.subject, one.body) for one in mail.outbox])


def test_those_elected_are_on_the_list_and_sit_once_they_sign(counted, lead, at, term):
    election = elections.announce(election=counted(["Ana"], ["Bilal"]), by=lead, at=at)
    made = elections.install(election=election, term=term, by=lead, at=at)
    assert sorted(one.first_name for one in made) == ["Ana", "Bilal"]
    assert {seat_of(one, on=at.date()).place for one in made} == {Place.WAITS}
    with pytest.raises(Refused, match="déjà inscrits"):
        elections.install(election=election, term=term, by=lead, at=at)
    assert Member.objects.count() == 2


def test_they_do_not_sit_in_another_council(counted, lead, at):
    election = elections.announce(election=counted(["Ana"]), by=lead, at=at)
    with pytest.raises(Refused, match="Ouvrez d’abord"):
        elections.install(election=election, term=TermFactory(), by=lead, at=at)


def test_what_was_announced_no_longer_changes(counted, lead, at):
    election = elections.announce(election=counted(["Ana"], seats=1), by=lead, at=at)
    candidates.withdraw(candidate=election.candidates.get(first_name="Ana"), by=lead, at=at)
    assert named(Election.objects.get(pk=election.pk)) == ["Ana"]  # shown as having renounced, nobody slips in


def test_a_draft_is_dropped_with_its_cards(prepared, lead, at):
    elections.drop(election=prepared(), by=lead, at=at)
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("terms", [{"votes_each": 3}, {"ends": -1}])
def test_the_terms_of_a_vote_make_sense(council, lead, at, terms):
    with pytest.raises(Refused):
        elections.create(
            council=council, title="E", seats=2, votes_each=terms.get("votes_each", 1), starts_on=at.date(),
            ends_on=at.date() + timedelta(days=terms.get("ends", 0)), by=lead, at=at,
        )  # fmt: skip


def test_the_log_holds_neither_names_nor_counts(counted, lead, at):
    election = counted(["Ana"], ["Ana"])
    elections.read_counts(election=election, by=lead, at=at)
    elections.announce(election=election, by=lead, at=at)
    assert "Ana" not in str(list(Entry.objects.values_list("details", flat=True)))
