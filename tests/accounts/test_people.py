"""My account: what is held, taking it along, and leaving for good."""

import io
import json
import time
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.test import Client

from marelle.accounts.actions import invitations, people
from marelle.accounts.enums import Role
from marelle.accounts.models import Claim, Invitation, Membership, User
from marelle.accounts.queries.privacy import held_about
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.notifications.models import Pace, Preference
from tests.accounts.asking import claim_of
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national
from tests.territories.factories import TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return CollectiviteFactory()


@pytest.fixture
def ana(town):
    """Somebody with one of everything."""
    lead_of(town)
    user = lead_of(
        town,
        user__email="ana@marelle.example",
        user__name="Ana Lopes",
        user__phone="01 02 03 04 05",
        job_title="Directrice",
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    SocialAccount.objects.create(user=user, provider="proconnect", uid="abc", extra_data={"userinfo": {"siret": "1"}})
    Preference.objects.create(user=user, pace=Pace.DAILY)
    TOTP.activate(user, generate_totp_secret())
    return user


def close(user, at):
    return people.close(person=user, by=user, at=at)


# --- Leaving -----------------------------------------------------------------------------------------------


def test_closing_leaves_no_name_no_key_no_address_and_keeps_the_history(ana, town, at):
    claim_of(TerritoryFactory(), ana, message="Je suis la directrice")
    invitation = invitations.invite(organisation=town, email="z@marelle.example", role=Role.SIGNATORY, by=ana, at=at)
    close(ana, at)
    ana.refresh_from_db()
    assert (ana.name, ana.phone, ana.is_active, ana.closed_at) == ("Compte clos", "", False, at)
    assert "ana" not in ana.email
    for model in [EmailAddress, SocialAccount, Authenticator, Preference, Claim, UserSession]:
        assert not model.objects.filter(user=ana).exists(), model
    membership = Membership.objects.get(user=ana)
    assert membership.ends_on == at.date()
    assert membership.job_title == ""  # With the town beside it, it would be a name.
    invitation.refresh_from_db()
    assert invitation.revoked_at == at
    assert Entry.objects.last().kind == "accounts.person.closed"


def test_invitations_and_mails_to_the_address_go_too(ana, town, at):
    invitations.invite(organisation=CollectiviteFactory(), email=ana.email, role=Role.SIGNATORY, by=national(), at=at)
    close(ana, at)
    assert not Invitation.objects.filter(email="ana@marelle.example").exists()


def test_nobody_elses_words_go_with_me(town, at):
    """I checked somebody's claim: closing my account does not erase their demand."""
    manager = national()
    national()
    claim = claim_of(TerritoryFactory(), status="accepted", decided_at=at, decided_by=manager)
    close(manager, at)
    claim.refresh_from_db()
    assert claim.decided_by.name == "Compte clos"


def test_the_last_lead_names_a_successor_first(town, at):
    lead = lead_of(town)
    with pytest.raises(Refused, match="Invitez quelqu’un"):
        close(lead, at)
    lead.refresh_from_db()
    assert lead.is_active


def test_nobody_closes_somebody_elses_account(ana, at):
    with pytest.raises(PermissionDenied):
        people.close(person=ana, by=national(), at=at)


def test_every_open_session_ends(ana, client, at):
    other = Client()
    for browser in [client, other]:
        browser.force_login(ana)
        browser.get("/compte/sessions/")
        UserSession.objects.create(user=ana, session_key=browser.session.session_key, ip="127.0.0.1", user_agent="x")
    response = client.post("/compte/fermer/", {"agreed": "on"})
    assert response.url == "/"
    assert other.get("/compte/").status_code == 302
    assert client.get("/compte/").status_code == 302


def test_the_page_says_what_goes_and_what_stays_before_the_button(ana, client):
    client.force_login(ana)
    page = client.get("/compte/fermer/").content.decode()
    assert "Ce qui est effacé" in page
    assert "Ce qui est conservé, et pourquoi" in page
    assert client.post("/compte/fermer/", {}).status_code == 422
    assert User.objects.get(pk=ana.pk).is_active


def test_the_last_lead_reads_why_on_the_page(town, client):
    lead = lead_of(town)
    client.force_login(lead)
    assert "dernière personne responsable" in client.get("/compte/fermer/").content.decode()
    assert client.post("/compte/fermer/", {"agreed": "on"}).status_code == 422
    assert User.objects.get(pk=lead.pk).is_active


def test_claims_and_invitations_are_forgotten_on_the_promised_day(town, at):
    manager = national()
    old, recent = at - timedelta(days=731), at - timedelta(days=700)
    gone = claim_of(TerritoryFactory(), status="refused", asked_at=old, decided_at=old, decided_by=manager)
    kept = [
        claim_of(TerritoryFactory(), status="refused", asked_at=old, decided_at=recent, decided_by=manager),
        claim_of(TerritoryFactory(), asked_at=old),  # nobody has answered yet
    ]
    lead = lead_of(town)
    for days, email in [(220, "old@marelle.example"), (100, "recent@marelle.example")]:
        sent = at - timedelta(days=days)
        invitations.invite(organisation=town, email=email, role=Role.SIGNATORY, by=lead, at=sent)
    assert people.forget_what_has_ended(at=at) == 2
    assert list(Claim.objects.order_by("pk")) == kept
    assert not Claim.objects.filter(pk=gone.pk).exists()
    assert Invitation.objects.get().email == "recent@marelle.example"
    assert Entry.objects.last().details == {"count": 2}
    assert people.forget_what_has_ended(at=at) == 0


# --- Taking it along ---------------------------------------------------------------------------------------


def export_of(client):
    response = client.post("/compte/mes-donnees/export/")
    assert response["Content-Type"] == "application/zip"
    assert response["Cache-Control"] == "private, no-store"
    return json.loads(zipfile.ZipFile(io.BytesIO(response.content)).read("mes-donnees.json"))


def test_the_export_holds_my_words_and_no_secret(ana, client, at):
    claim_of(TerritoryFactory(), ana, message="Je suis la directrice")
    client.force_login(ana)
    told = json.dumps(export_of(client), ensure_ascii=False)
    for mine in ["Ana Lopes", "01 02 03 04 05", "Directrice", "Je suis la directrice", "ana@marelle.example"]:
        assert mine in told, mine
    assert Authenticator.objects.get(type="totp").data["secret"] not in told


def test_the_export_holds_nobody_elses_words(client, at):
    manager = national()
    other = UserFactory(name="Zoé Autre", email="zoe@marelle.example")
    claim_of(
        TerritoryFactory(),
        other,
        status="accepted",
        decided_at=at,
        decided_by=manager,
        message="Secret de Zoé",
        job_title="Fonction de Zoé",
    )
    client.force_login(manager)
    told = json.dumps(export_of(client), ensure_ascii=False)
    for theirs in ["Zoé Autre", "zoe@marelle.example", "Secret de Zoé", "Fonction de Zoé"]:
        assert theirs not in told, theirs


def test_everybody_reads_what_is_held_about_them(ana, client, django_assert_max_num_queries):
    client.force_login(ana)
    page = client.get("/compte/mes-donnees/").content.decode()
    assert "Vous reconnaître et vous écrire" in page
    names = [section.name for section in held_about(ana)]
    assert "personne" in names
    assert "second facteur" in names


# --- The rest of the page ----------------------------------------------------------------------------------


def test_details_and_pace_are_mine_to_change(ana, client):
    client.force_login(ana)
    client.post("/compte/coordonnees/", {"name": "Ana L.", "phone": ""})
    client.post("/compte/courriels/", {"pace": "immediate"})
    ana.refresh_from_db()
    assert (ana.name, ana.phone, ana.mail_preference.pace) == ("Ana L.", "", "immediate")


@pytest.mark.parametrize(
    "sent", [{}, {"name": ""}, {"name": "x" * 151}, {"name": "A\0B"}, {"name": "Ana", "phone": "9" * 31}]
)
def test_hostile_details_are_said_and_change_nothing(ana, client, sent):
    client.force_login(ana)
    assert client.post("/compte/coordonnees/", sent).status_code == 422
    ana.refresh_from_db()
    assert ana.name == "Ana Lopes"
    assert client.post("/compte/courriels/", {"pace": "hourly"}).status_code == 422


def test_a_stranger_is_asked_to_sign_in(client):
    for path in [
        "",
        "coordonnees/",
        "courriels/",
        "mes-donnees/",
        "fermer/",
        "rattachement/",
        "organisations/",
        "sessions/",
        "second-facteur/",
        "adresse/",
    ]:
        assert client.get(f"/compte/{path}").url.startswith("/compte/connexion/"), path


def test_a_session_of_this_morning_exports_nothing_without_proof(town, client):
    person = member_of(town, Role.CONTRIBUTOR)
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - 3600}]
    session.save()
    assert client.post("/compte/mes-donnees/export/").url.startswith("/compte/confirmer/")
