"""The pages of claims, organisations and invitations: success, refusal, stranger, and hostile input."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from marelle.accounts.actions import invitations
from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Claim, Coverage, Invitation, Membership, Organisation
from marelle.documents.checks import DOCUMENTS
from tests.accounts.asking import claim_of, minimal_pdf
from tests.accounts.factories import (
    CollectiviteFactory,
    DelegationFactory,
    MembershipFactory,
    UserFactory,
    lead_of,
    member_of,
    national,
    of_delegation,
)  # fmt: skip
from tests.territories.factories import DepartementFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(departement):
    return CollectiviteFactory(territory=TerritoryFactory(name="Grainville", departement=departement))


@pytest.fixture
def lead(town):
    return lead_of(town)


def at_home(client, user):
    client.force_login(user)
    return client


def page_of(thing, kind="organisations"):
    return f"/compte/{kind}/{thing.public_id}/"


# --- Claims ------------------------------------------------------------------------------------------------


def filled(territory, **more):
    field = {"territory": territory.code, "territory_0": territory.name, "territory_1": territory.code}
    given = field | {"role": "lead", "job_title": "Directrice", "proof": "document", "message": ""}
    given["document"] = SimpleUploadedFile("arrete.pdf", minimal_pdf(), content_type="application/pdf")
    return given | more


def test_a_claim_goes_from_the_form_to_the_checker_to_the_organisation(client, departement, commit):
    territory = TerritoryFactory(name="Saint-Loup", departement=departement)
    someone, head = UserFactory(), of_delegation(Role.HEAD, covers=[departement])
    with commit():
        response = at_home(client, someone).post("/compte/rattachement/", filled(territory), follow=True)
    claim = Claim.objects.get()
    assert claim.territory == territory
    assert "Votre demande est partie" in response.content.decode()
    assert {m.to[0] for m in mail.outbox} == {someone.email, head.email}
    at_home(client, head)
    assert "Saint-Loup" in client.get("/compte/rattachement/demandes/").content.decode()
    assert client.get(page_of(claim, "rattachement") + "piece/")["Content-Type"] == "application/pdf"
    with commit():
        client.post(page_of(claim, "rattachement") + "accepter/")
    assert Membership.objects.get(user=someone).organisation.territory == territory
    assert any("Bienvenue" in m.subject for m in mail.outbox)
    at_home(client, someone)
    assert client.get(page_of(Organisation.objects.get(territory=territory))).status_code == 200


def test_a_refusal_carries_its_reason(client, town, commit):
    claim = claim_of(TerritoryFactory())
    at_home(client, national())
    empty = client.post(page_of(claim, "rattachement") + "refuser/", {"reason": ""})
    assert empty.status_code == 422
    with commit():
        client.post(page_of(claim, "rattachement") + "refuser/", {"reason": "Document <b>illisible</b>"})
    assert "illisible" in mail.outbox[0].body
    page = at_home(client, claim.user).get(page_of(claim, "rattachement")).content.decode()
    assert "Document &lt;b&gt;illisible" in page


@pytest.mark.parametrize(
    "change",
    [
        {"territory": "", "territory_0": "", "territory_1": ""},
        {"territory": "zzzzz", "territory_0": "zzzzz", "territory_1": "zzzzz"},
        {"territory": "x" * 9999, "territory_0": "x" * 9999, "territory_1": "x"},
        {"role": "manager"},
        {"role": ""},
        {"job_title": ""},
        {"job_title": "x" * 121},
        {"job_title": "a\0b"},
        {"proof": "my word"},
        {"proof": "email_domain"},
        {"proof": "proconnect"},
        {"message": "x" * 1001},
        {"document": ""},
        {"document": SimpleUploadedFile("virus.exe", b"MZ\x90\0")},
        {"document": SimpleUploadedFile("menteur.pdf", b"MZ\x90\0 not a pdf")},
        {"document": SimpleUploadedFile("vide.pdf", b"")},
    ],
    ids=lambda change: str(change)[:40],
)
def test_a_hostile_claim_is_a_sentence_and_keeps_what_was_typed(client, departement, change):
    territory = TerritoryFactory(name="Saint-Loup", departement=departement)
    response = at_home(client, UserFactory()).post(
        "/compte/rattachement/", filled(territory, message="gardez-moi") | change
    )
    assert response.status_code == 422
    assert not Claim.objects.exists()
    if "message" not in change:
        assert "gardez-moi" in response.content.decode()


def test_latin_1_is_not_an_error(client):
    at_home(client, UserFactory())
    response = client.generic(
        "POST",
        "/compte/rattachement/",
        "job_title=Pr\xe9fet".encode("latin-1"),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 422


@pytest.mark.parametrize("path", ["", "piece/"])
def test_a_claim_is_not_there_for_a_stranger(client, departement, path):
    claim = claim_of(TerritoryFactory(departement=departement))
    for user in [
        UserFactory(),
        lead_of(CollectiviteFactory()),
        of_delegation(Role.VOLUNTEER, covers=[departement]),
        national(Role.EXPERT),
    ]:
        assert at_home(client, user).get(page_of(claim, "rattachement") + path).status_code == 404
        for act in ["accepter/", "refuser/", "retirer/"]:
            assert client.post(page_of(claim, "rattachement") + act).status_code == 404
    assert claim.status == "asked"


def test_the_list_of_claims_exists_for_those_who_check(client, lead):
    for user, status in [
        (national(), 200),
        (of_delegation(Role.HEAD), 200),
        (lead, 200),
        (UserFactory(), 404),
        (of_delegation(), 404),
    ]:
        assert at_home(client, user).get("/compte/rattachement/demandes/").status_code == status


def test_the_list_of_claims_costs_the_same_with_many(client, django_assert_max_num_queries):
    manager = national()
    for _ in range(8):
        claim_of(TerritoryFactory(departement=DepartementFactory()))
    at_home(client, manager)
    with django_assert_max_num_queries(10):
        assert client.get("/compte/rattachement/demandes/").status_code == 200


# --- Organisations -----------------------------------------------------------------------------------------


def test_who_sees_a_collectivite(client, town, lead, departement):
    seen = {
        "member": member_of(town, Role.CONTRIBUTOR), "adviser": national(Role.ADVISER),
        "volunteer here": of_delegation(covers=[departement]),
    }  # fmt: skip
    unseen = {
        "stranger": UserFactory(),
        "another lead": lead_of(CollectiviteFactory()),
        "volunteer elsewhere": of_delegation(covers=[DepartementFactory()]),
    }
    for name, user in seen.items():
        assert at_home(client, user).get(page_of(town)).status_code == 200, name
    for name, user in unseen.items():
        assert at_home(client, user).get(page_of(town)).status_code == 404, name
        assert client.post(page_of(town) + "inviter/", {"email": "a@b.fr", "role": "lead"}).status_code == 404, name
        assert client.post(f"/compte/appartenances/{lead.memberships.get().public_id}/fin/").status_code == 404, name


def test_addresses_and_history_are_for_the_house(client, town, lead, departement):
    gone = MembershipFactory(organisation=town, role=Role.CONTRIBUTOR, user__name="Paul Parti", ends_on="2026-01-01")
    page = at_home(client, lead).get(page_of(town)).content.decode()
    assert lead.email in page
    assert gone.user.name in page
    page = at_home(client, of_delegation(covers=[departement])).get(page_of(town)).content.decode()
    assert lead.name in page
    assert lead.email not in page
    assert gone.user.name not in page


def test_a_lead_invites_a_colleague_who_opens_an_account_and_comes_in(client, town, lead, commit):
    with commit():
        at_home(client, lead).post(page_of(town) + "inviter/", {"email": "Ana@Marelle.example", "role": "contributor"})
    link = f"/compte/invitation/{Invitation.objects.get().token}/"
    assert link in mail.outbox[0].body
    client.logout()
    page = client.get(link).content.decode()
    assert f"/compte/inscription/?next={link}" in page
    assert client.post(link + "accepter/").url.startswith("/compte/connexion/")
    ana = UserFactory(email="ana@marelle.example")
    response = at_home(client, ana).post(link + "accepter/", follow=True)
    assert f"Bienvenue à {town.name}" in response.content.decode()
    assert Membership.objects.get(user=ana).role == Role.CONTRIBUTOR


def test_a_link_in_the_wrong_hands_says_why_and_opens_nothing(client, town, lead, at):
    invitation = invitations.invite(organisation=town, email="ana@marelle.example", role=Role.LEAD, by=lead, at=at)
    link = f"/compte/invitation/{invitation.token}/"
    at_home(client, UserFactory())
    assert "autre adresse" in client.get(link).content.decode()
    assert client.post(link + "accepter/").status_code == 422
    assert Membership.objects.filter(organisation=town).count() == 1
    at_home(client, lead).post(f"/compte/invitations/{invitation.public_id}/retirer/")
    client.logout()
    assert "a été retirée" in client.get(link).content.decode()
    assert client.get("/compte/invitation/devine/").status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"email": "x", "role": "lead"},
        {"email": "a@b.fr", "role": "manager"},
        {"email": "x" * 400 + "@b.fr", "role": "lead"},
        {"email": "a\0@b.fr", "role": "lead"},
    ],
)
def test_a_hostile_invitation_is_a_sentence(client, town, lead, sent):
    assert at_home(client, lead).post(page_of(town) + "inviter/", sent).status_code == 422
    assert not Invitation.objects.exists()


def test_a_contributor_neither_sees_nor_uses_the_invitation(client, town, lead):
    member = member_of(town, Role.CONTRIBUTOR)
    page = at_home(client, member).get(page_of(town)).content.decode()
    assert "Inviter quelqu’un" not in page
    assert client.post(page_of(town) + "inviter/", {"email": "a@b.fr", "role": "lead"}).status_code == 403
    assert client.post(f"/compte/appartenances/{lead.memberships.get().public_id}/fin/").status_code == 403


def test_the_last_lead_reads_why_they_stay(client, town, lead):
    response = at_home(client, lead).post(f"/compte/appartenances/{lead.memberships.get().public_id}/fin/")
    assert response.status_code == 422
    assert "Invitez d’abord" in response.content.decode()


def test_leaving_by_oneself_leads_home(client, town, lead):
    lead_of(town)
    response = at_home(client, lead).post(f"/compte/appartenances/{lead.memberships.get().public_id}/fin/")
    assert response.url == "/compte/"
    assert client.get(page_of(town)).status_code == 404


def test_the_page_of_a_large_organisation_costs_the_same(client, town, lead, django_assert_max_num_queries):
    for role in [Role.LEAD, Role.CONTRIBUTOR] * 6:
        member_of(town, role)
    at_home(client, lead)
    with django_assert_max_num_queries(12):
        client.get(page_of(town))


def test_the_list_of_organisations_costs_the_same_and_is_found_by_name(client, django_assert_max_num_queries):
    for _ in range(8):
        CollectiviteFactory(territory=TerritoryFactory(departement=DepartementFactory()))
    CollectiviteFactory(name="Fontaine-sous-Préaux")
    at_home(client, national())
    with django_assert_max_num_queries(8):
        client.get("/compte/organisations/")
    page = client.get("/compte/organisations/?q=fontaine&nature=collectivite").content.decode()
    assert "Fontaine-sous-Préaux" in page
    for query in ["?q=%00", "?q=" + "x" * 5000, "?nature=zzz", "?page=zzz", "?page=9999", "?q=%E9"]:
        assert client.get(f"/compte/organisations/{query}").status_code == 200, query


# --- Delegations -------------------------------------------------------------------------------------------


def test_a_manager_makes_a_delegation_and_gives_it_a_departement(client, departement):
    at_home(client, national())
    assert client.get("/compte/organisations/nouvelle-delegation/").status_code == 200
    client.post("/compte/organisations/nouvelle-delegation/", {"name": "Délégation Normandie"})
    delegation = Organisation.objects.get(kind=Kind.DELEGATION)
    given = {"territory": departement.code, "starts_on": "2026-11-24", "ends_on": ""}
    client.post(page_of(delegation) + "territoires/", given)
    assert Coverage.objects.get().territory == departement
    twice = client.post(page_of(delegation) + "territoires/", given)
    assert twice.status_code == 422
    assert departement.name in client.get("/compte/organisations/couverture/").content.decode()
    client.post(page_of(delegation) + f"territoires/{departement.code}/fin/")
    assert str(Coverage.objects.get().ends_on) == "2026-11-24"
    assert client.post(page_of(delegation) + "territoires/ZZ/fin/").status_code == 302


def test_a_manager_makes_a_structure(client, departement):
    at_home(client, national())
    assert client.get("/compte/organisations/nouvelle-structure/").status_code == 200
    client.post("/compte/organisations/nouvelle-structure/", {"name": "École du Parc", "structure_kind": "school"})
    structure = Organisation.objects.get(kind=Kind.STRUCTURE)
    assert structure.structure_kind == "school"
    assert client.get(page_of(structure)).status_code == 200
    for sent in [{}, {"name": "x" * 201, "structure_kind": "school"}, {"name": "X", "structure_kind": "bar"}]:
        assert client.post("/compte/organisations/nouvelle-structure/", sent).status_code == 422


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"territory": "ZZ", "starts_on": "2026-11-24"},
        {"territory": "", "starts_on": "demain"},
        {"starts_on": "9999-99-99"},
        {"starts_on": "2026-11-24", "ends_on": "2020-01-01", "territory": "?"},
    ],
)
def test_a_hostile_coverage_is_a_sentence(client, sent, departement):
    delegation = DelegationFactory()
    sent = {**sent, "territory": departement.code} if sent.get("territory") == "?" else sent
    assert at_home(client, national()).post(page_of(delegation) + "territoires/", sent).status_code == 422
    assert not Coverage.objects.exists()


def test_only_managers_make_and_give(client, town, lead):
    delegation = of_delegation(Role.HEAD)
    house = delegation.memberships.get().organisation
    for user in [lead, delegation, national(Role.ADVISER), UserFactory()]:
        at_home(client, user)
        assert client.get("/compte/organisations/nouvelle-delegation/").status_code == 403
        assert client.post("/compte/organisations/nouvelle-structure/", {"name": "X"}).status_code == 403
        assert client.post(page_of(house) + "territoires/", {}).status_code in {403, 404}
    assert at_home(client, delegation).get("/compte/organisations/couverture/").status_code == 200
    assert at_home(client, lead).get("/compte/organisations/couverture/").status_code == 403


def test_every_office_format_is_named_in_the_claim(client):
    assert DOCUMENTS.words[:6] in at_home(client, UserFactory()).get("/compte/rattachement/").content.decode()


def test_an_address_must_be_verified_to_prove_anything(client, town):
    """An account cannot be opened by mail without it; a row made otherwise proves nothing by its address."""
    town.email_domain = "grainville.example"
    town.save()
    someone = UserFactory(email="x@grainville.example")
    EmailAddress.objects.create(user=someone, email=someone.email, verified=False, primary=True)
    at_home(client, someone)
    response = client.post("/compte/rattachement/", filled(town.territory, proof="email_domain", document=""))
    assert response.status_code == 422
    assert not Claim.objects.exists()
