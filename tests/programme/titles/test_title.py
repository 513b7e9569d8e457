"""From the three papers to the published title, and back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from marelle.accounts.enums import Role
from marelle.core.rules import Refused
from marelle.notifications.models import Mail
from marelle.programme import signals
from marelle.programme.actions import agreements, deliberations, titles
from marelle.programme.enums import Move, Status
from marelle.programme.models import Agreement, Candidacy, Deliberation, Title
from marelle.programme.queries.titles import history, standing_of
from marelle.programme.rules.moves import can_move
from tests.accounts.factories import lead_of, member_of, national, of_delegation
from tests.programme.factories import CandidacyFactory, MandateFactory
from tests.programme.lives import a_file, decided, ready, titled

pytestmark = pytest.mark.django_db


def vote(candidacy, at, **changes):
    facts = {
        "candidacy": candidacy, "number": "17", "held_on": date(2026, 11, 20), "council": "Conseil municipal",
        "document": a_file(candidacy.opened_by), "by": national(), "at": at,
    }  # fmt: skip
    return deliberations.record_deliberation(**facts | changes)


def sign(candidacy, at, **changes):
    facts = {
        "candidacy": candidacy, "document": a_file(candidacy.opened_by), "signed_on": date(2026, 11, 22),
        "signed_by_name": "Nadia Lefèvre", "by": national(), "at": at,
    }  # fmt: skip
    return agreements.bring_signed(**facts | changes)


class TestPapers:
    @pytest.mark.parametrize("number", ["17", "9-7", "1.3", "1DL15494"])
    def test_a_deliberation_is_numbered_as_the_council_does(self, number, at):
        assert vote(decided().candidacy, at, number=f" {number} ").number == number

    def test_recorded_again_it_corrects_and_keeps_its_document(self, at):
        candidacy = decided().candidacy
        first = vote(candidacy, at)
        again = vote(candidacy, at, number="18", document=None)
        assert Deliberation.objects.count() == 1
        assert (again.number, again.document) == ("18", first.document)

    @pytest.mark.parametrize(
        "changes", [{"number": " "}, {"council": ""}, {"document": None}, {"held_on": date(2026, 11, 25)}]
    )
    def test_what_is_missing_or_impossible_is_refused(self, changes, at):
        with pytest.raises(Refused):
            vote(decided().candidacy, at, **changes)
        assert not Deliberation.objects.exists()

    def test_nothing_is_signed_before_it_is_written(self, at):
        with pytest.raises(Refused, match="pas encore été produite"):
            sign(decided().candidacy, at)

    def test_the_signature_does_not_precede_the_vote(self, at):
        candidacy = decided().candidacy
        vote(candidacy, at)
        agreements.make_agreement(candidacy=candidacy, by=national(), at=at)
        with pytest.raises(Refused, match="précéder la délibération"):
            sign(candidacy, at, signed_on=date(2026, 11, 19))
        with pytest.raises(Refused, match="à venir"):
            sign(candidacy, at, signed_on=date(2026, 11, 25))
        with pytest.raises(Refused, match="qui a signé"):
            sign(candidacy, at, signed_by_name=" ")
        assert sign(candidacy, at).signed_by_name == "Nadia Lefèvre"

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.SIGNATORY])
    def test_other_colleagues_do_not_bring_them(self, role, at):
        candidacy = decided().candidacy
        with pytest.raises(PermissionDenied):
            vote(candidacy, at, by=member_of(candidacy.organisation, role))
        with pytest.raises(PermissionDenied):
            vote(candidacy, at, by=of_delegation(Role.HEAD, covers=[candidacy.territory]))

    @pytest.mark.parametrize("status", sorted(set(Status) - {Status.AWARDED}))
    def test_they_are_brought_between_decision_and_title(self, status, at):
        with pytest.raises(Refused):
            vote(CandidacyFactory(status=status), at)


class TestGranting:
    def test_it_is_published_until_the_end_of_the_mandate_and_told(self, at, commit):
        told = []
        signals.title_granted.connect(listener := lambda sender, title, **_: told.append(title))
        candidacy = ready()
        with commit():
            title = titles.grant(candidacy=candidacy, by=national(), at=at)
        signals.title_granted.disconnect(listener)
        assert told == [title]
        assert (title.name, title.starts_on, title.ends_on) == (
            "Ville amie des enfants", date(2026, 11, 24), date(2032, 3, 31),
        )  # fmt: skip
        candidacy.refresh_from_db()
        assert candidacy.status == Status.TITLED
        assert Mail.objects.filter(kind__endswith="title_granted").count() == 1

    def test_each_missing_paper_is_named(self, at):
        candidacy, manager = decided().candidacy, national()
        assert can_move(manager, candidacy, Move.GRANT_TITLE).reason == (
            "La délibération du conseil manque. La convention signée manque."
        )
        vote(candidacy, at)
        assert can_move(manager, candidacy, Move.GRANT_TITLE).reason == "La convention signée manque."
        agreements.make_agreement(candidacy=candidacy, by=manager, at=at)
        assert not can_move(manager, candidacy, Move.GRANT_TITLE)
        sign(candidacy, at)
        assert can_move(manager, candidacy, Move.GRANT_TITLE)

    def test_a_state_without_its_decision_is_not_enough(self, at):
        candidacy = CandidacyFactory(status=Status.AWARDED)
        assert "La décision d’accorder le titre manque." in can_move(national(), candidacy, Move.GRANT_TITLE).reason

    def test_an_agreement_dated_before_the_vote_does_not_do(self, at):
        candidacy = ready()
        Agreement.objects.update(signed_on=date(2026, 11, 1))
        with pytest.raises(Refused, match="d’avant la délibération"):
            titles.grant(candidacy=candidacy, by=national(), at=at)

    @pytest.mark.parametrize("role", [Role.LEAD, Role.ELECTED])
    def test_the_collectivite_does_not_publish_its_own(self, role, at):
        candidacy = ready()
        with pytest.raises(PermissionDenied):
            titles.grant(candidacy=candidacy, by=member_of(candidacy.organisation, role), at=at)

    def test_an_adviser_does_not_either(self, at):
        with pytest.raises(PermissionDenied):
            titles.grant(candidacy=ready(), by=national(Role.ADVISER), at=at)

    def test_two_titles_for_one_mandate_are_impossible(self, at):
        title = titled()
        other = CandidacyFactory(organisation=title.candidacy.organisation, status=Status.ABANDONED)
        facts = {
            "territory": title.territory, "mandate": title.mandate, "candidacy": other, "name": title.name,
            "starts_on": title.starts_on, "ends_on": title.ends_on, "published_at": at, "published_by": title.published_by,
        }  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Title.objects.create(**facts)
        with pytest.raises(Refused):
            titles.grant(candidacy=title.candidacy, by=national(), at=at)
        assert Title.objects.count() == 1

    def test_a_mandate_that_is_over_gives_no_title(self, at):
        candidacy = ready()
        MandateFactory()
        candidacy.route.mandate.ends_on = date(2026, 11, 1)
        candidacy.route.mandate.save()
        with pytest.raises(Refused, match="terminé"):
            titles.grant(candidacy=candidacy, by=national(), at=at)


class TestWithdrawing:
    def test_it_has_its_reason_and_the_territory_may_begin_again(self, at):
        title = titles.withdraw(
            title=titled(),
            reason="Manquement grave de M. X.",
            public_reason="Engagements non tenus.",
            by=national(),
            at=at,
        )
        assert (title.withdrawn_on, title.withdrawal_reason) == (date(2026, 11, 24), "Engagements non tenus.")
        candidacy = Candidacy.objects.get()
        assert (candidacy.status, candidacy.closed_reason) == (Status.TITLE_WITHDRAWN, "Manquement grave de M. X.")
        assert CandidacyFactory(organisation=candidacy.organisation).status == Status.DRAFT
        with pytest.raises(Refused):
            titles.withdraw(title=title, reason="Encore.", public_reason="Encore.", by=national(), at=at)

    def test_never_without_a_reason(self, at):
        with pytest.raises(Refused, match="motif"):
            titles.withdraw(title=titled(), reason=" ", public_reason="Oui", by=national(), at=at)
        with pytest.raises(Refused, match="page publique"):
            titles.withdraw(title=Title.objects.get(), reason="Oui", public_reason=" ", by=national(), at=at)

    def test_the_collectivite_reads_it_in_full_by_mail(self, at, commit, mailoutbox):
        title = titled()
        lead_of(title.candidacy.organisation)
        with commit():
            titles.withdraw(title=title, reason="En détail.", public_reason="En bref.", by=national(), at=at)
        body = mailoutbox[-1].body
        assert "En détail." in body
        assert "En bref." not in body

    def test_a_second_title_of_the_same_mandate_may_follow(self, at):
        first = titled()
        titles.withdraw(title=first, reason="Manquement.", public_reason="Manquement.", by=national(), at=at)
        second = titled(organisation=first.candidacy.organisation)
        assert [one.pk for one in history(first.territory)] == [second.pk, first.pk] or history(
            first.territory
        ).count() == 2
        assert list(Title.objects.current(date(2027, 1, 1))) == [second]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 11, 23), "to_come"),
        (date(2026, 11, 24), "current"),
        (date(2032, 3, 31), "current"),
        (date(2032, 4, 1), "ended"),
    ],
)
def test_a_title_ends_with_its_mandate(day, state):
    title = titled()
    assert standing_of(title, day) == state
    assert Title.objects.current(day).exists() == (state == "current")


def test_leads_are_told_of_what_waits_for_them(at):
    candidacy = decided().candidacy
    lead = lead_of(candidacy.organisation)
    agreements.make_agreement(candidacy=candidacy, by=national(), at=at)
    assert Mail.objects.filter(to_user=lead, kind__endswith="agreement_ready").count() == 1


@pytest.mark.parametrize("is_lead", [True, False])
def test_papers_brought_by_the_team_are_no_sign_of_life_of_the_collectivite(at, is_lead):
    candidacy = decided().candidacy
    before = Candidacy.objects.get().last_activity_at
    by = lead_of(candidacy.organisation) if is_lead else national()
    agreements.make_agreement(candidacy=candidacy, by=by, at=at)
    assert Candidacy.objects.get().last_activity_at == (at if is_lead else before)
    Candidacy.objects.update(last_activity_at=before)
    vote(candidacy, at, by=by)
    assert Candidacy.objects.get().last_activity_at == (at if is_lead else before)
    Candidacy.objects.update(last_activity_at=before)
    sign(candidacy, at, by=by)
    assert Candidacy.objects.get().last_activity_at == (at if is_lead else before)
