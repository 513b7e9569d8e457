"""The commission, its decision, and the frozen copy of what it judged."""

import copy
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from marelle.accounts.enums import Role
from marelle.core.frozen import digest
from marelle.core.rules import Refused
from marelle.notifications.models import Mail
from marelle.programme.actions import commission, decisions
from marelle.programme.enums import Advice, OutcomeKind, Status
from marelle.programme.models import Decision, Message, Opinion
from marelle.programme.queries.decisions import judged
from tests.accounts.factories import lead_of, member_of, national, of_delegation
from tests.programme.factories import DEFINITION, CandidacyFactory, RouteVersionFactory
from tests.programme.lives import decided, submitted, verdict

pytestmark = pytest.mark.django_db
O = OutcomeKind  # noqa: E741


def mails(kind):
    return set(Mail.objects.filter(kind__endswith=f".{kind}").values_list("to_user__email", flat=True))


class TestCommission:
    def send(self, candidacy, at, **changes):
        facts = {"commission_on": date(2026, 12, 10), "hearing_at": None, "by": national(Role.ADVISER), "at": at}
        return commission.send_to_commission(candidacy=candidacy, **facts | changes)

    def test_the_file_goes_there_with_its_dates(self, at):
        candidacy = submitted(Status.UNDER_REVIEW)
        lead = lead_of(candidacy.organisation)
        hearing = datetime(2026, 12, 9, 14, 0, tzinfo=UTC)
        candidacy = self.send(candidacy, at, hearing_at=hearing)
        assert (candidacy.status, candidacy.commission_on, candidacy.hearing_at) == (
            Status.COMMISSION, date(2026, 12, 10), hearing,
        )  # fmt: skip
        assert mails("sent_to_commission") == {lead.email}

    def test_not_without_a_file(self, at):
        with pytest.raises(Refused, match="rien à juger"):
            self.send(CandidacyFactory(status=Status.UNDER_REVIEW), at)

    @pytest.mark.parametrize(
        "changes",
        [
            {"commission_on": date(2026, 11, 23)},
            {"hearing_at": datetime(2026, 12, 11, 9, tzinfo=UTC)},
            {"hearing_at": datetime(2026, 11, 20, 9, tzinfo=UTC)},
        ],
    )
    def test_not_in_the_past_nor_heard_after(self, changes, at):
        with pytest.raises(Refused):
            self.send(submitted(Status.UNDER_REVIEW), at, **changes)

    def test_the_day_may_change(self, at):
        candidacy = submitted()
        lead = lead_of(candidacy.organisation)
        commission.reschedule(
            candidacy=candidacy, commission_on=date(2027, 1, 7), hearing_at=None, by=national(Role.ADVISER), at=at
        )
        candidacy.refresh_from_db()
        assert candidacy.commission_on == date(2027, 1, 7)
        assert mails("commission_rescheduled") == {lead.email}

    def test_a_file_that_came_back_at_once_is_not_announced_on_no_day(self, at, commit, mailoutbox):
        candidacy = submitted(Status.UNDER_REVIEW)
        lead_of(candidacy.organisation)
        with commit():
            self.send(candidacy, at)
            commission.send_back(candidacy=candidacy, reason="Trop tôt.", by=national(), at=at)
        assert ["Trop tôt." in mail.body for mail in mailoutbox] == [True]

    def test_it_comes_back_with_a_reason_that_stays_on_the_file(self, at):
        candidacy = submitted()
        with pytest.raises(Refused, match="motif"):
            commission.send_back(candidacy=candidacy, reason="", by=national(), at=at)
        candidacy = commission.send_back(candidacy=candidacy, reason="Une pièce est illisible.", by=national(), at=at)
        assert (candidacy.status, candidacy.commission_on) == (Status.UNDER_REVIEW, None)
        assert Message.objects.get().text == "Une pièce est illisible."


class TestDeciding:
    @pytest.mark.parametrize(
        ("outcome", "status"),
        [
            (O.AWARD, Status.AWARDED),
            (O.AWARD_WITH_RECOMMENDATIONS, Status.AWARDED),
            (O.PROBATION, Status.PROBATION),
            (O.REFUSAL, Status.REFUSED),
        ],
    )
    def test_each_outcome_leads_to_its_state_and_is_told(self, outcome, status, at):
        candidacy = submitted()
        lead = lead_of(candidacy.organisation)
        decision = decisions.decide(candidacy=candidacy, verdict=verdict(outcome), seen=0, by=national(), at=at)
        candidacy.refresh_from_db()
        assert candidacy.status == status
        assert mails("decided") == {lead.email}
        assert decision.tasks.count() == (2 if outcome == O.PROBATION else 0)
        assert bool(candidacy.closed_reason) == (outcome == O.REFUSAL)

    @pytest.mark.parametrize(
        ("outcome", "changes", "word"),
        [
            (O.AWARD, {"reasons": " \n"}, "motif"),
            (O.AWARD, {"body": ""}, "instance"),
            (O.AWARD, {"decided_on": date(2026, 11, 25)}, "à venir"),
            (O.AWARD_WITH_RECOMMENDATIONS, {"recommendations": []}, "recommandation"),
            (O.PROBATION, {"probation_ends_on": None}, "date de fin"),
            (O.PROBATION, {"probation_ends_on": date(2026, 11, 24)}, "date de fin"),
            (O.PROBATION, {"tasks": []}, "au moins un engagement"),
            (O.PROBATION, {"tasks": [("Après la fin", date(2027, 6, 1))]}, "avant la fin"),
        ],
    )
    def test_what_makes_no_decision_is_refused(self, outcome, changes, word, at):
        with pytest.raises(Refused, match=word):
            decisions.decide(candidacy=submitted(), verdict=verdict(outcome, **changes), seen=0, by=national(), at=at)
        assert not Decision.objects.exists()

    def test_only_outcomes_of_the_route(self, at):
        version = RouteVersionFactory(content=DEFINITION | {"outcomes": DEFINITION["outcomes"][:1]}, digest="o" * 64)
        with pytest.raises(Refused, match="ne prévoit pas"):
            decisions.decide(
                candidacy=submitted(version=version), verdict=verdict(O.REFUSAL), seen=0, by=national(), at=at
            )

    def test_not_without_a_file_to_judge(self, at):
        with pytest.raises(Refused, match="rien à juger"):
            decisions.decide(
                candidacy=CandidacyFactory(status=Status.COMMISSION), verdict=verdict(), seen=0, by=national(), at=at
            )

    def test_an_adviser_prepares_but_does_not_decide(self, at):
        with pytest.raises(PermissionDenied):
            decisions.decide(candidacy=submitted(), verdict=verdict(), seen=0, by=national(Role.ADVISER), at=at)

    def test_nobody_decides_for_their_own_town(self, at):
        candidacy, manager = submitted(), national()
        member_of(candidacy.organisation, Role.CONTRIBUTOR, user=manager)
        with pytest.raises(PermissionDenied):
            decisions.decide(candidacy=candidacy, verdict=verdict(), seen=0, by=manager, at=at)

    def test_a_second_manager_is_told_that_it_is_done(self, at):
        candidacy = submitted()
        decisions.decide(candidacy=candidacy, verdict=verdict(O.PROBATION), seen=0, by=national(), at=at)
        # Awarding would be possible at the end of a probation: what the second one saw makes the difference.
        with pytest.raises(Refused, match="vient d’être enregistrée"):
            decisions.decide(candidacy=candidacy, verdict=verdict(O.AWARD), seen=0, by=national(), at=at)
        assert Decision.objects.count() == 1

    @pytest.mark.parametrize(("outcome", "status"), [(O.AWARD, Status.AWARDED), (O.REFUSAL, Status.REFUSED)])
    def test_a_probation_ends_by_a_second_decision(self, outcome, status, at):
        candidacy = decided(O.PROBATION).candidacy
        decisions.decide(
            candidacy=candidacy, verdict=verdict(outcome), seen=1, by=national(), at=at + timedelta(days=90)
        )
        candidacy.refresh_from_db()
        assert candidacy.status == status
        assert len(candidacy.decisions.last().judged["tasks"]) == 2

    def test_a_probation_does_not_follow_another(self, at):
        candidacy = decided(O.PROBATION).candidacy
        with pytest.raises(Refused):
            decisions.decide(candidacy=candidacy, verdict=verdict(O.PROBATION), seen=1, by=national(), at=at)


class TestFrozenCopy:
    @pytest.fixture
    def decision(self, at):
        candidacy = submitted()
        volunteer = of_delegation(Role.VOLUNTEER, covers=[candidacy.territory])
        expert = national(Role.EXPERT)
        asked = {"candidacy": candidacy, "asked_at": at, "asked_by": national(), "due_on": at.date()}
        given = {"given_at": at, "advice": Advice.FAVOURABLE}
        Opinion.objects.create(asked_of=volunteer, text="Belle énergie.", **asked, **given)
        Opinion.objects.create(asked_of=expert, text="Pour vous seuls.", is_confidential=True, **asked, **given)
        Opinion.objects.create(asked_of=national(Role.EXPERT), **asked)
        return decisions.decide(candidacy=candidacy, verdict=verdict(), seen=0, by=national(), at=at)

    def test_it_holds_all_that_was_judged(self, decision):
        decision.refresh_from_db()
        frozen = decision.judged
        assert frozen["content"] == decision.submission.content
        assert frozen["definition"] == DEFINITION
        assert [one["text"] for one in frozen["opinions"]] == ["Belle énergie.", "Pour vous seuls."]
        assert digest(frozen) == decision.judged_digest

    def test_no_name_or_address_is_frozen(self, decision):
        from marelle.accounts.models import User

        said = str(decision.judged)
        assert not [u for u in User.objects.all() if u.email in said or u.name in said]

    def test_it_does_not_follow_what_changes_afterwards(self, decision, at):
        before = digest(decision.judged)
        Opinion.objects.update(text="Réécrit.")
        decision.candidacy.version.content = DEFINITION | {"summary": "Réécrit."}
        decision.candidacy.version.save()
        decision.submission.content["answers"]["motivation"] = "Réécrit."
        decision.submission.save()
        decision.refresh_from_db()
        assert digest(decision.judged) == before == decision.judged_digest
        replay = judged(decision, reads_opinions=True, reads_confidential=True)
        assert replay.is_intact
        assert replay.sections[0].answers[0].said == "Parce que les enfants comptent."

    def test_one_changed_letter_shows(self, decision):
        frozen = copy.deepcopy(decision.judged)
        frozen["content"]["answers"]["motivation"] += "."
        Decision.objects.update(judged=frozen)
        decision.refresh_from_db()
        assert not judged(decision, reads_opinions=False, reads_confidential=False).is_intact

    def test_replayed_it_shows_the_questions_asked_and_the_opinions_one_may_read(self, decision):
        def said(**who):
            return [one.text for one in judged(decision, **who).opinions]

        assert said(reads_opinions=True, reads_confidential=True) == ["Belle énergie.", "Pour vous seuls."]
        assert said(reads_opinions=True, reads_confidential=False) == ["Belle énergie."]
        assert said(reads_opinions=False, reads_confidential=True) == []
        asked = [
            a.question.key
            for s in judged(decision, reads_opinions=False, reads_confidential=False).sections
            for a in s.answers
        ]
        assert "conseil-role" not in asked  # there is no children's council: its role was not asked

    def test_the_same_number_written_two_ways_is_the_same(self, decision):
        """PostgreSQL may give 3.0 back as 3."""
        frozen = copy.deepcopy(decision.judged)
        frozen["content"]["answers"]["enfants"] = float(frozen["content"]["answers"]["enfants"])
        assert digest(frozen) == decision.judged_digest


def test_a_decision_is_dated_of_the_day_it_was_taken(at):
    decision = decided()
    assert decision.decided_on == (at - timedelta(days=1)).date()
