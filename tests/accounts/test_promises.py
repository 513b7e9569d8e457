"""Limits on what one account may do in a day, and what is forgotten without anybody asking."""

from datetime import UTC, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marelle.accounts.actions import claims, invitations, people
from marelle.accounts.enums import Proof, Role
from marelle.accounts.models import Claim, Invitation, User
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.documents import actions as documents
from marelle.documents.checks import UploadRefused
from marelle.documents.models import File
from marelle.programme.actions import forgetting, messages
from marelle.programme.actions.incoming import Fate, receive
from marelle.programme.enums import Status
from marelle.programme.models import ConflictOfInterest, Message
from marelle.programme.queries.incoming import Incoming
from marelle.programme.queries.replies import reply_address
from tests.accounts.asking import minimal_pdf
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national
from tests.programme.factories import CandidacyFactory
from tests.territories.factories import TerritoryFactory

pytestmark = pytest.mark.django_db

# --- One account, one day -----------------------------------------------------------------------------------


def test_one_person_does_not_write_to_strangers_through_our_invitations(at, monkeypatch):
    monkeypatch.setattr(invitations, "MOST_A_DAY", 2)
    town = CollectiviteFactory()
    lead, other = lead_of(town), lead_of(town)

    def invite(name, by, when):
        invitations.invite(organisation=town, email=f"{name}@x.example", role=Role.SIGNATORY, by=by, at=when)

    invite("a", lead, at)
    invite("b", lead, at)
    with pytest.raises(Refused, match="Continuez demain"):
        invite("c", lead, at)
    invite("c", other, at)
    invite("d", lead, at + timedelta(days=1, minutes=1))
    assert Invitation.objects.count() == 4


def test_nobody_speaks_for_every_town_hall(at, monkeypatch):
    monkeypatch.setattr(claims, "MOST_A_DAY", 2)
    stranger = UserFactory()

    def ask(territory):
        claims.ask(
            territory=territory, role=Role.LEAD, job_title="Maire", proof=Proof.DOCUMENT,
            upload=SimpleUploadedFile("arrete.pdf", minimal_pdf()), by=stranger, at=at,
        )  # fmt: skip

    ask(TerritoryFactory())
    ask(TerritoryFactory())
    with pytest.raises(Refused, match="en un jour"):
        ask(TerritoryFactory())
    assert Claim.objects.count() == File.objects.count() == 2


def test_one_account_does_not_fill_the_disk(at, monkeypatch):
    monkeypatch.setattr(documents, "MOST_FILES_A_DAY", 1)
    person = UserFactory()
    documents.store_upload(SimpleUploadedFile("a.pdf", minimal_pdf()), by=person, at=at)
    with pytest.raises(UploadRefused, match="Continuez demain"):
        documents.store_upload(SimpleUploadedFile("b.pdf", minimal_pdf()), by=person, at=at)
    documents.store_upload(SimpleUploadedFile("b.pdf", minimal_pdf()), by=UserFactory(), at=at)


def test_messages_have_a_pace_and_two_machines_stop_talking(at, monkeypatch, settings):
    monkeypatch.setattr(messages, "MOST_AN_HOUR", 1)
    settings.REPLY_DOMAIN = "reponse.marelle.example"
    candidacy = CandidacyFactory(status=Status.FILED)
    lead = lead_of(candidacy.organisation)
    messages.write(candidacy=candidacy, text="Bonjour", by=lead, at=at)
    with pytest.raises(Refused, match="un peu plus tard"):
        messages.write(candidacy=candidacy, text="Encore", by=lead, at=at)
    mail = Incoming("k", lead.email, (reply_address(candidacy, lead),), "Réponse", (), is_automatic=False)
    assert receive(mail=mail, at=at) == Fate.AUTOMATIC
    assert Message.objects.count() == 1
    assert receive(mail=mail, at=at + timedelta(hours=2)) == Fate.TAKEN


# --- Forgotten on its day -----------------------------------------------------------------------------------


def test_what_a_session_told_goes_when_it_ends(at):
    here, gone = Client(), Client()
    person = UserFactory()
    for client in (here, gone):
        client.force_login(person)
        key = client.session.session_key
        UserSession.objects.update_or_create(
            session_key=key, defaults={"user": person, "ip": "203.0.113.7", "user_agent": "Navigateur"}
        )
    Session.objects.filter(session_key=gone.session.session_key).delete()  # It expired, and was cleared.
    assert people.forget_what_has_ended(at=at) == 1
    assert UserSession.objects.get().session_key == here.session.session_key
    assert Entry.objects.last().details == {"count": 1}


def begun(at, *, days, verified=False, **fields):
    person = UserFactory(**fields)
    User.objects.filter(pk=person.pk).update(joined_at=at - timedelta(days=days))
    EmailAddress.objects.create(user=person, email=person.email, verified=verified, primary=True)
    return person


def test_an_address_nobody_proved_is_not_kept(at):
    lead = lead_of(CollectiviteFactory())
    kept = {
        lead,
        begun(at, days=3),
        begun(at, days=400, verified=True),
        begun(at, days=400, is_fictitious=True),
        begun(at, days=400, last_login=at.astimezone(UTC)),
    }
    begun(at, days=31)
    assert people.forget_what_has_ended(at=at) > 0
    assert set(User.objects.all()) == kept
    assert EmailAddress.objects.count() == 4


def test_why_somebody_stepped_aside_is_forgotten_after_the_mandate(at):
    conflict = ConflictOfInterest.objects.create(
        candidacy=CandidacyFactory(), user=national(), reason="Ma sœur y est élue.", declared_at=at
    )
    assert forgetting.forget_reasons_of_conflicts(at=at) == 0
    after = at.replace(year=2032, month=4, day=2)
    assert forgetting.forget_reasons_of_conflicts(at=after) == 1
    conflict.refresh_from_db()
    assert conflict.reason == ""
    assert Entry.objects.last().details == {"count": 1}
    assert forgetting.forget_reasons_of_conflicts(at=after) == 0
