"""The pages of the network: one sitting to join, one act to answer, nothing typed is lost."""

import pytest
from django.urls import reverse
from pypdf import PdfReader

from marelle.accounts.enums import Role
from marelle.accounts.models import Claim
from marelle.programme.actions import network
from marelle.programme.actions.configuration import load
from marelle.programme.definition.reading import read_configuration
from marelle.programme.management.commands.load_programme import SHIPPED
from marelle.programme.models import NetworkMembership, RouteVersion
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national
from tests.programme.factories import NetworkMembershipFactory
from tests.territories.factories import TerritoryFactory

pytestmark = pytest.mark.django_db

GOOD = {
    "charter": "on",
    "q-contact-fonction": "Directrice de l'enfance",
    "q-premiere-action": "Une semaine des droits.",
    "q-campagnes": ["uniday", "vingt-novembre"],
    "q-deliberation-etat": "prevue",
}


@pytest.fixture(autouse=True)
def day(at, time_machine):
    time_machine.move_to(at, tick=False)


@pytest.fixture
def version(at):
    """What Marelle ships, in force."""
    shipped = read_configuration((SHIPPED / "2026-2032").glob("*.yaml"))
    load(mandate=shipped.mandate, routes=shipped.routes, by=None, at=at)
    return RouteVersion.objects.get(route__kind="network")


@pytest.fixture
def village(version):
    return CollectiviteFactory(territory__name="L'Étrange-Village", territory__population=812)


@pytest.fixture
def lead(village):
    return lead_of(village)


@pytest.fixture
def send(client, lead, village, version):
    """Fill in the page as the village's lead; `also` changes what is typed."""

    def post(**also):
        client.force_login(lead)
        data = {"version": version.number} | GOOD | {key.replace("_", "-"): value for key, value in also.items()}
        return client.post(reverse("programme:network_join_for", args=[village.public_id]), data)

    return post


def page(client, user, name, *args):
    if user:
        client.force_login(user)
    return client.get(reverse(f"programme:{name}", args=args))


def test_anyone_reads_the_charter_and_the_grid(client, version):
    response = page(client, None, "network_join")
    assert response.status_code == 200
    assert version.definition.charter.articles[0] in response.text
    assert "50" in response.text
    assert "Se connecter pour rejoindre" in response.text


def test_before_the_mandate_is_loaded_the_page_says_so(client):
    assert "pas ouvert" in page(client, None, "network_join").text


def test_a_lead_is_led_straight_to_the_page(client, lead, village):
    response = page(client, lead, "network_join")
    assert response.url == reverse("programme:network_join_for", args=[village.public_id])


def test_the_page_shows_facts_charter_questions_and_fee(client, lead, village, version):
    text = page(client, lead, "network_join_for", village.public_id).text
    for word in (*version.definition.charter.articles, "812", "50 € par an", "Quelle première action"):
        assert word in text
    assert text.count("<h1") == 1


def test_someone_without_an_organisation_is_led_to_the_claim(client, version):
    text = page(client, UserFactory(), "network_join").text
    assert "Dites d’abord pour qui vous parlez" in text


def test_with_a_claim_pending_one_reads_and_does_not_send(client, version, at):
    user, territory = UserFactory(), TerritoryFactory(name="Saint-Exemple")
    Claim.objects.create(territory=territory, user=user, job_title="Maire", proof="email_domain", asked_at=at)
    text = page(client, user, "network_join").text
    assert "Saint-Exemple" in text
    assert "en cours de vérification" in text
    assert "<form" not in text.partition("<main")[2].partition("</main>")[0]


def test_a_contributor_is_told_who_joins(client, village):
    user = member_of(village, Role.CONTRIBUTOR)
    assert "Rejoindre le réseau revient à" in page(client, user, "network_join").text
    form = page(client, user, "network_join_for", village.public_id)
    assert "Rejoindre le réseau revient à" in form.text
    assert 'name="charter"' not in form.text
    posted = client.post(reverse("programme:network_join_for", args=[village.public_id]), GOOD | {"version": 1})
    assert posted.status_code == 403


def test_a_stranger_finds_nothing(client, village):
    assert page(client, lead_of(CollectiviteFactory()), "network_join_for", village.public_id).status_code == 404


def test_joining_in_one_sitting(client, send, lead, village):
    response = send()
    membership = NetworkMembership.objects.get()
    assert response.url == reverse("programme:network_membership", args=[membership.public_id])
    assert membership.answers == {
        "contact-fonction": "Directrice de l'enfance",
        "premiere-action": "Une semaine des droits.",
        "campagnes": ["uniday", "vingt-novembre"],
        "deliberation-etat": "prevue",
    }
    assert membership.fee_cents == 5000
    text = page(client, lead, "network_membership", membership.public_id).text
    assert "Votre demande est bien partie" in text
    assert "UNIday" in text


@pytest.mark.parametrize(
    "also",
    [
        {"charter": ""},
        {"q_contact_fonction": ""},
        {"q_contact_fonction": "x" * 151},
        {"q_contact_fonction": "nul\0"},
        {"q_deliberation_etat": "<script>"},
        {"q_campagnes": ["uniday", "ailleurs"]},
        {"q_premiere_action": "y" * 100_000},
        {"version": ""},
        {"version": "DROP TABLE"},
    ],
)
def test_a_wrong_page_comes_back_whole(send, also):
    response = send(**({"q_premiere_action": "Texte « à garder »"} | also))
    assert response.status_code == 422
    assert not NetworkMembership.objects.exists()
    assert 'role="alert"' in response.text
    if "q_premiere_action" not in also:
        assert "Texte « à garder »" in response.text


def test_latin_1_bytes_do_not_break_the_page(client, lead, village, version):
    client.force_login(lead)
    body = f"version={version.number}&charter=on&q-contact-fonction=Ma\xeetresse&q-deliberation-etat=oui".encode(
        "latin-1"
    )
    response = client.post(
        reverse("programme:network_join_for", args=[village.public_id]),
        body,
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code in {302, 422}


def test_a_charter_that_changed_is_read_again_and_nothing_typed_is_lost(client, send, version, at):
    changed = version.definition.model_copy(
        update={"charter": version.definition.charter.model_copy(update={"articles": ["Un article nouveau."]})}
    )
    shipped = read_configuration((SHIPPED / "2026-2032").glob("*.yaml"))
    load(mandate=shipped.mandate, routes=(changed,), by=None, at=at)
    response = send()
    assert response.status_code == 422
    assert "Un article nouveau." in response.text
    assert "Une semaine des droits." in response.text
    assert 'name="version" value="2"' in response.text
    assert " checked" not in response.text.partition('name="charter"')[2].partition(">")[0]
    assert send(version="2").status_code == 302


def test_sending_twice_says_so(send):
    send()
    response = send()
    assert "déjà en attente" in response.text
    assert NetworkMembership.objects.count() == 1


def test_only_the_national_team_sees_the_list(client, village, lead):
    for user, status in ((lead, 404), (UserFactory(), 404), (national(Role.ADVISER), 200), (national(), 200)):
        assert page(client, user, "network_requests").status_code == status


def test_an_adviser_reads_the_list_without_deciding(client, village):
    NetworkMembershipFactory(organisation=village)
    assert "/confirmer/" not in page(client, national(Role.ADVISER), "network_requests").text
    assert "/confirmer/" in page(client, national(), "network_requests").text


def test_the_list_makes_as_many_queries_for_one_as_for_twenty(client, version, django_assert_max_num_queries):
    manager = national()
    for _ in range(20):
        NetworkMembershipFactory(version=version)
    client.force_login(manager)
    with django_assert_max_num_queries(12):
        text = client.get(reverse("programme:network_requests")).text
    assert text.count("/confirmer/") == 20


def test_confirming_from_the_list_in_one_act(client, village):
    membership = NetworkMembershipFactory(organisation=village)
    client.force_login(national())
    response = client.post(reverse("programme:network_confirm", args=[membership.public_id]), {"depuis": "liste"})
    assert response.url == reverse("programme:network_requests")
    membership.refresh_from_db()
    assert membership.status == "member"


def test_an_unknown_fee_is_asked_before_confirming(client, village):
    membership = NetworkMembershipFactory(organisation=village, fee_cents=None)
    client.force_login(national())
    there = reverse("programme:network_confirm", args=[membership.public_id])
    for wrong in ("", "-3", "beaucoup", "9" * 30):
        response = client.post(there, {"fee_euros": wrong})
        assert response.status_code == 422
        assert 'role="alert"' in response.text
    assert client.post(there, {"fee_euros": "75"}).status_code == 302
    membership.refresh_from_db()
    assert membership.fee_cents == 7500


def test_refusing_without_a_reason_comes_back_open(client, village):
    membership = NetworkMembershipFactory(organisation=village)
    client.force_login(national())
    there = reverse("programme:network_refuse", args=[membership.public_id])
    response = client.post(there, {"reason": " ", "depuis": "liste"})
    assert response.status_code == 422
    assert "Donnez le motif" in response.text
    client.post(there, {"reason": "Doublon <b>avec</b> la métropole"})
    membership.refresh_from_db()
    assert membership.status == "refused"
    assert "<b>avec</b>" not in page(client, lead_of(village), "network_membership", membership.public_id).text


def test_a_late_answer_says_why_it_is_too_late(client, village):
    membership = NetworkMembershipFactory(organisation=village, status="refused")
    client.force_login(national())
    response = client.post(reverse("programme:network_confirm", args=[membership.public_id]))
    assert "déjà reçu sa réponse" in response.text


def test_strangers_get_nothing_by_any_door(client, village, lead):
    membership = NetworkMembershipFactory(organisation=village, status="member")
    client.force_login(lead_of(CollectiviteFactory()))
    for name in ("network_membership", "network_attestation"):
        assert page(client, None, name, membership.public_id).status_code == 404
    for name in ("network_confirm", "network_refuse", "network_leave"):
        there = reverse(f"programme:{name}", args=[membership.public_id])
        assert client.post(there, {"reason": "Pour voir"}).status_code == 404
        assert client.get(there).status_code == 405


def test_the_collectivite_does_not_confirm_itself(client, village, lead):
    membership = NetworkMembershipFactory(organisation=village)
    client.force_login(lead)
    assert client.post(reverse("programme:network_confirm", args=[membership.public_id])).status_code == 403


def test_the_attestation_is_an_accessible_pdf_for_members_only(client, send, lead, at, tmp_path):
    send()
    membership = NetworkMembership.objects.get()
    assert page(client, lead, "network_attestation", membership.public_id).status_code == 404
    network.confirm(membership=membership, by=national(), at=at)
    response = page(client, lead, "network_attestation", membership.public_id)
    (tmp_path / "a.pdf").write_bytes(response.content)
    pdf = PdfReader(tmp_path / "a.pdf")
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert "24 novembre 2026" in pdf.pages[0].extract_text()
    assert "Étrange-Village" in pdf.pages[0].extract_text()
    network.leave(membership=membership, reason="Fin", by=lead, at=at)
    assert page(client, lead, "network_attestation", membership.public_id).status_code == 404


def test_leaving_asks_why(client, village, lead):
    membership = NetworkMembershipFactory(organisation=village, status="member")
    client.force_login(lead)
    there = reverse("programme:network_leave", args=[membership.public_id])
    assert client.post(there, {"reason": ""}).status_code == 422
    assert client.post(there, {"reason": "Fusion de communes"}).status_code == 302
    text = page(client, lead, "network_membership", membership.public_id).text
    assert "Fusion de communes" in text
    assert "Revenir dans le réseau" in text
