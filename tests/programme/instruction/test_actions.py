"""What the instruction changes, who is told, what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.programme.actions import assignments, conflicts, corrections, messages, notes, opinions, reviews
from marelle.programme.enums import Side, Status
from marelle.programme.models import Candidacy, Message, Opinion
from marelle.programme.queries.assignments import delegations_of, takeovers
from marelle.programme.queries.waiting import awaited, with_waiting
from tests.accounts.factories import national, of_delegation
from tests.programme.factories import CandidacyFactory

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def kinds():
    return [entry.kind for entry in Entry.objects.order_by("number")]


def told(mailoutbox):
    return {mail.to[0] for mail in mailoutbox}


# --- Review --------------------------------------------------------------------------------------------------


def test_opening_a_review_tells_the_collectivite_who_reads_and_by_when(candidacy, people, at, commit, mailoutbox):
    Candidacy.objects.update(status=Status.FILED)
    with commit():
        opened = reviews.open_review(candidacy=candidacy, by=people.adviser, at=at)
    assert (opened.status, opened.status_since) == (Status.UNDER_REVIEW, at)
    assert opened.review_due_on == at.date() - timedelta(days=10) + timedelta(days=90)
    assert told(mailoutbox) == {people.lead.email, people.elected.email}
    assert str(people.adviser) in mailoutbox[0].body
    assert kinds() == ["programme.review.opened"]


def test_an_adviser_who_opens_a_file_nobody_follows_follows_it(candidacy, people, at):
    Candidacy.objects.update(status=Status.FILED, adviser=None)
    assert reviews.open_review(candidacy=candidacy, by=people.adviser, at=at).adviser == people.adviser


def test_a_manager_who_opens_it_does_not(candidacy, people, at):
    Candidacy.objects.update(status=Status.FILED, adviser=None)
    assert reviews.open_review(candidacy=candidacy, by=people.manager, at=at).adviser is None


def test_a_review_is_opened_once(candidacy, people, at):
    with pytest.raises(Refused):
        reviews.open_review(candidacy=candidacy, by=people.adviser, at=at)


# --- Notes ---------------------------------------------------------------------------------------------------


def test_a_note_is_kept_and_nobody_is_told(candidacy, people, at, commit, mailoutbox):
    with commit():
        note = notes.add(candidacy=candidacy, text="  À vérifier  ", question="conseil", by=people.volunteer, at=at)
    assert (note.text, note.question) == ("À vérifier", "conseil")
    assert mailoutbox == []
    assert "vérifier" not in str(Entry.objects.get().details)


@pytest.mark.parametrize(("text", "question"), [("   ", ""), ("Ok", "inconnue")])
def test_a_note_says_something_about_something(text, question, candidacy, people, at):
    with pytest.raises(Refused):
        notes.add(candidacy=candidacy, text=text, question=question, by=people.adviser, at=at)


@pytest.mark.parametrize("role", ["lead", "signatory", "expert", "volunteer_elsewhere", "stranger"])
def test_others_add_no_note(role, candidacy, people, at):
    with pytest.raises(PermissionDenied):
        notes.add(candidacy=candidacy, text="Ok", by=getattr(people, role), at=at)


# --- Messages ------------------------------------------------------------------------------------------------


def test_a_message_of_the_collectivite_reaches_its_adviser_and_is_a_sign_of_life(
    candidacy, people, at, commit, mailoutbox
):
    with commit():
        message = messages.write(candidacy=candidacy, text="Une question", by=people.contributor, at=at)
    assert message.side == Side.COLLECTIVITE
    assert Candidacy.objects.get().last_activity_at == at
    assert told(mailoutbox) == {people.adviser.email}
    assert "Une question" in mailoutbox[0].body


def test_without_an_adviser_the_managers_are_told(candidacy, people, at, commit, mailoutbox):
    Candidacy.objects.update(adviser=None)
    with commit():
        messages.write(candidacy=candidacy, text="Une question", by=people.lead, at=at)
    assert told(mailoutbox) == {people.manager.email}


def test_a_message_of_the_team_reaches_those_who_carry_the_file_and_those_who_wrote(
    candidacy, people, at, commit, mailoutbox
):
    messages.write(candidacy=candidacy, text="Bonjour", by=people.contributor, at=at)
    before = Candidacy.objects.get().last_activity_at
    with commit():
        messages.write(candidacy=candidacy, text="Réponse", by=people.adviser, at=at + timedelta(days=1))
    assert told(mailoutbox) == {people.lead.email, people.elected.email, people.contributor.email}
    assert Candidacy.objects.get().last_activity_at == before


def test_a_document_is_checked_before_it_joins_a_message(candidacy, people, at):
    wrong = SimpleUploadedFile("programme.exe", b"MZ\x90\x00" * 50)
    with pytest.raises(Refused, match="accept"):
        messages.write(candidacy=candidacy, text="Voici", upload=wrong, by=people.lead, at=at)
    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n ", "\0", "é" * 10_001])
def test_an_empty_or_endless_message_is_refused_with_words(text, candidacy, people, at):
    with pytest.raises(Refused):
        messages.write(candidacy=candidacy, text=text, by=people.lead, at=at)


def test_who_waits_for_whom(candidacy, people, at):
    def side():
        found = with_waiting(Candidacy.objects.all()).get()
        last = awaited(list(candidacy.messages.all()))
        assert (found.awaited_since, bool(found.awaited_side)) == ((last.at, True) if last else (None, False))
        return found.awaited_side

    assert side() is None
    messages.write(candidacy=candidacy, text="Question", by=people.lead, at=at)
    assert side() == Side.TEAM
    answer = messages.write(candidacy=candidacy, text="Réponse", by=people.adviser, at=at + timedelta(hours=1))
    assert side() == Side.COLLECTIVITE
    messages.settle(message=answer, by=people.lead, at=at + timedelta(hours=2))
    assert side() is None
    with pytest.raises(Refused):
        messages.settle(message=answer, by=people.lead, at=at)


# --- Corrections ---------------------------------------------------------------------------------------------


def ask(candidacy, by, at, **changes):
    given = {"items": {"motivation": "Trop court"}, "due_on": at.date() + timedelta(days=21), "stops_clock": True}
    return corrections.ask(candidacy=candidacy, by=by, at=at, **given | changes)


def test_corrections_name_fields_and_reasons_and_reopen_the_file(candidacy, people, at):
    asked = ask(candidacy, people.adviser, at, items={"motivation": " Trop court ", "deliberation": "Illisible"})
    assert {item.question: item.reason for item in asked.items.all()} == {
        "motivation": "Trop court",
        "deliberation": "Illisible",
    }
    assert Candidacy.objects.get().status == Status.CORRECTION
    assert asked.after.number == 1
    assert "Trop court" not in str(Entry.objects.get().details)


@pytest.mark.parametrize(
    "changes",
    [
        {"items": {}},
        {"items": {"motivation": "  "}},
        {"items": {"inconnue": "Ici"}},
        {"due_on": date(2026, 11, 24)},
        {"due_on": date(2020, 1, 1)},
    ],
)
def test_corrections_without_a_field_a_reason_or_time_are_refused(changes, candidacy, people, at):
    with pytest.raises(Refused):
        ask(candidacy, people.adviser, at, **changes)
    assert Candidacy.objects.get().status == Status.UNDER_REVIEW


@pytest.mark.parametrize("stops_clock", [True, False])
def test_cancelling_goes_on_with_what_was_submitted(stops_clock, candidacy, people, at):
    ask(candidacy, people.adviser, at, stops_clock=stops_clock)
    back = corrections.cancel(candidacy=candidacy, by=people.manager, at=at + timedelta(days=5))
    assert back.status == Status.UNDER_REVIEW
    assert not candidacy.corrections.filter(closed_at__isnull=True).exists()
    extra = 5 if stops_clock else 0
    assert back.review_due_on == at.date() + timedelta(days=80 + extra)
    with pytest.raises(Refused):
        corrections.cancel(candidacy=candidacy, by=people.manager, at=at)


# --- Opinions ------------------------------------------------------------------------------------------------


def request(candidacy, person, by, at, **changes):
    given = {"question": "Réel ?", "is_confidential": False, "due_on": at.date() + timedelta(days=21)}
    return opinions.ask(candidacy=candidacy, asked_of=person, by=by, at=at, **given | changes)


def test_an_expert_asked_sees_the_file_until_the_request_is_revoked(candidacy, people, at, commit, mailoutbox):
    def sees():
        return Candidacy.objects.visible_to(people.expert).exists()

    assert not sees()
    with commit():
        one = request(candidacy, people.expert, people.adviser, at)
    assert sees()
    with commit():
        opinions.revoke(opinion=one, reason="Erreur de personne", by=people.adviser, at=at)
    assert not sees()
    assert [mail.to[0] for mail in mailoutbox] == [people.expert.email] * 2
    assert "Erreur de personne" in mailoutbox[1].body


def test_asking_the_wrong_person_is_refused_with_the_reason(candidacy, people, at):
    with pytest.raises(Refused, match="territoire"):
        request(candidacy, people.volunteer_elsewhere, people.adviser, at)
    with pytest.raises(Refused, match="à venir"):
        request(candidacy, people.volunteer, people.adviser, at, due_on=at.date())
    assert not Opinion.objects.exists()


def test_a_draft_is_kept_then_the_opinion_is_given_once(candidacy, people, at, commit, mailoutbox):
    one = request(candidacy, people.volunteer, people.adviser, at)
    opinions.save_draft(opinion=one, text="Je pense", by=people.volunteer, at=at)
    assert Opinion.objects.get().text == "Je pense"
    for advice, text in (("", "Oui"), ("formidable", "Oui"), ("favourable", " ")):
        with pytest.raises(Refused):
            opinions.give(opinion=one, advice=advice, text=text, by=people.volunteer, at=at)
    with commit():
        opinions.give(opinion=one, advice="favourable", text="Oui", by=people.volunteer, at=at)
    assert told(mailoutbox) == {people.adviser.email}
    assert "Oui" not in mailoutbox[0].body.split("http")[0]
    with pytest.raises(Refused):
        opinions.save_draft(opinion=one, text="Non", by=people.volunteer, at=at)


def test_a_reminder_leaves_once_a_day(candidacy, people, at):
    one = request(candidacy, people.volunteer, people.adviser, at)
    with pytest.raises(Refused, match="aujourd"):
        opinions.remind(opinion=one, by=people.adviser, at=at)
    tomorrow = at + timedelta(days=1)
    assert opinions.remind(opinion=one, by=people.adviser, at=tomorrow).reminded_at == tomorrow
    with pytest.raises(Refused):
        opinions.remind(opinion=one, by=people.manager, at=tomorrow)


def test_the_daily_chore_reminds_after_the_days_of_the_route_and_again(candidacy, people, at, commit, mailoutbox):
    request(candidacy, people.volunteer, people.adviser, at)
    mailoutbox.clear()
    assert opinions.remind_due(at=at + timedelta(days=6)) == 0
    with commit():
        assert opinions.remind_due(at=at + timedelta(days=7)) == 1
    assert told(mailoutbox) == {people.volunteer.email}
    assert opinions.remind_due(at=at + timedelta(days=8)) == 0
    assert opinions.remind_due(at=at + timedelta(days=14)) == 1
    Candidacy.objects.update(status=Status.AWARDED)
    assert opinions.remind_due(at=at + timedelta(days=30)) == 0


def test_the_chore_is_among_those_of_the_day():
    from django.utils.module_loading import autodiscover_modules

    from marelle.jobs import chores

    autodiscover_modules("chores")
    assert "programme.opinion_reminders" in chores._daily


# --- Conflicts of interest -----------------------------------------------------------------------------------


def test_declaring_a_conflict_closes_the_file_at_once(candidacy, people, at, commit, mailoutbox):
    one = request(candidacy, people.expert, people.adviser, at)
    with commit():
        conflicts.declare(candidacy=candidacy, reason="J’y ai travaillé", by=people.expert, at=at)
    one.refresh_from_db()
    assert one.revoked_at == at
    assert not Candidacy.objects.visible_to(people.expert).exists()
    assert people.manager.email in told(mailoutbox)
    assert all("travaillé" not in mail.body for mail in mailoutbox)
    with pytest.raises(PermissionDenied):
        conflicts.declare(candidacy=candidacy, reason="Encore", by=people.expert, at=at)


def test_an_adviser_who_declares_one_gives_the_file_up(candidacy, people, at, commit, mailoutbox):
    with commit():
        conflicts.declare(candidacy=candidacy, reason="Ma commune", by=people.adviser, at=at)
    assert Candidacy.objects.get().adviser is None
    assert told(mailoutbox) == {people.manager.email}
    with commit():
        messages.write(candidacy=candidacy, text="Une question", by=people.lead, at=at)
    assert people.adviser.email not in told(mailoutbox)


# --- Assignment ----------------------------------------------------------------------------------------------


def test_the_delegation_of_the_territory_comes_before_that_of_its_departement(candidacy, departement, at):
    far = of_delegation(covers=[departement]).memberships.get().organisation
    assert delegations_of(candidacy.territory, at.date()) == [far]
    near = of_delegation(covers=[candidacy.territory]).memberships.get().organisation
    assert delegations_of(candidacy.territory, at.date()) == [near]


@pytest.mark.parametrize(("count", "is_set"), [(0, False), (1, True), (2, False)])
def test_a_file_received_gets_its_delegation_when_there_is_only_one(count, is_set, candidacy, departement, at):
    for _ in range(count):
        of_delegation(covers=[departement])
    assignments.receive(candidacy=candidacy, by=None, at=at)
    found = Candidacy.objects.get()
    assert (found.delegation is not None) == is_set
    assert found.review_due_on is not None


def test_several_files_are_given_in_one_mail(candidacy, people, at, commit, mailoutbox):
    other = CandidacyFactory(status=Status.FILED)
    with commit():
        given = assignments.assign(
            candidacies=[candidacy, other], adviser=(new := national(Role.ADVISER)), by=people.manager, at=at
        )
    assert len(given) == 2
    assert [mail.to[0] for mail in mailoutbox].count(new.email) == 1
    assert set(Candidacy.objects.values_list("adviser", flat=True)) == {new.pk}


def test_giving_is_refused_to_the_wrong_people(candidacy, people, at):
    with pytest.raises(PermissionDenied):
        assignments.assign(candidacies=[candidacy], adviser=people.adviser, by=people.adviser, at=at)
    with pytest.raises(Refused):
        assignments.assign(candidacies=[candidacy], adviser=people.volunteer, by=people.manager, at=at)
    with pytest.raises(Refused):
        assignments.assign(candidacies=[], adviser=people.adviser, by=people.manager, at=at)


def test_one_file_changes_hands_and_delegation(candidacy, people, at):
    delegation = people.head.memberships.get().organisation
    # Two delegations look after Rouen here: one each for the head and the volunteer.
    found = assignments.follow(candidacy=candidacy, adviser=None, delegation=delegation, by=people.manager, at=at)
    assert (found.adviser, found.delegation) == (None, delegation)
    found = assignments.follow(candidacy=candidacy, adviser=people.adviser, delegation=None, by=people.manager, at=at)
    assert (found.adviser, found.delegation) == (people.adviser, None)
    elsewhere = people.volunteer_elsewhere.memberships.get().organisation
    with pytest.raises(Refused):
        assignments.follow(candidacy=candidacy, adviser=None, delegation=elsewhere, by=people.manager, at=at)


def test_taking_over_moves_every_open_file_in_one_act_and_can_be_undone(candidacy, people, at, commit, mailoutbox):
    taker = national(Role.ADVISER)
    CandidacyFactory(status=Status.DRAFT, adviser=people.adviser)
    closed = CandidacyFactory(status=Status.REFUSED, adviser=people.adviser)
    with commit():
        act, left = assignments.take_over(absent=people.adviser, taker=taker, by=taker, at=at)
    assert (len(act.moved), left) == (2, [])
    assert Candidacy.objects.filter(adviser=taker).count() == 2
    closed.refresh_from_db()
    assert closed.adviser == people.adviser
    assert told(mailoutbox) == {people.adviser.email}

    assert [one.batch for one in takeovers(at - timedelta(days=1))] == [act.batch]
    back = assignments.take_back(batch=act.batch, by=people.adviser, at=at + timedelta(days=9))
    assert len(back) == 2
    assert Candidacy.objects.filter(adviser=people.adviser).count() == 3
    assert takeovers(at - timedelta(days=1)) == []
    with pytest.raises(Refused):
        assignments.take_back(batch=act.batch, by=people.adviser, at=at)


def test_a_file_too_close_to_the_taker_stays(candidacy, people, at):
    conflicts.declare(candidacy=candidacy, reason="Ma commune", by=people.manager, at=at)
    act, left = assignments.take_over(absent=people.adviser, taker=people.manager, by=people.manager, at=at)
    assert (act, left) == (None, [candidacy])


def test_only_the_chosen_files_move_and_only_what_did_not_move_again_comes_back(candidacy, people, at):
    taker, third = national(Role.ADVISER), national(Role.ADVISER)
    other = CandidacyFactory(status=Status.DRAFT, adviser=people.adviser)
    act, _left = assignments.take_over(
        absent=people.adviser, taker=taker, candidacies=[candidacy], by=people.manager, at=at
    )
    assert act.moved == (candidacy.public_id,)
    other.refresh_from_db()
    assert other.adviser == people.adviser
    assignments.assign(candidacies=[candidacy], adviser=third, by=people.manager, at=at)
    with pytest.raises(Refused):
        assignments.take_back(batch=act.batch, by=people.manager, at=at)


def test_nothing_to_take_over_is_said(people, at):
    with pytest.raises(Refused):
        assignments.take_over(absent=people.manager, taker=people.adviser, by=people.adviser, at=at)
