"""The pages of councils: what one does, what is refused, what a stranger and the public see."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.participation.enums import ProposalState
from marelle.participation.models import Consent, Council, Member, Proposal, Term
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national

from .factories import ConsentFactory, CouncilFactory, MemberFactory, TermFactory, sitting
from .test_acts import pdf

pytestmark = pytest.mark.django_db

CHILD = {"first_name": "Lina", "last_name": "Martin", "birth_year": "2016", "school": "École Ferry",
         "guardian_contact": "06 11", "joined_on": "2026-11-24"}  # fmt: skip
PAPER = {"kinds": ["participation"], "by_child": "on", "by_guardians": "on", "signed_on": "2026-11-24",
         "valid_until": "2027-08-31"}  # fmt: skip


def url(name, thing=None):
    return reverse(f"participation:{name}", args=[thing.public_id] if thing else [])


@pytest.fixture
def enter(client, lead):
    client.force_login(lead)
    return client


def words(response):
    return response.content.decode()


def test_from_nothing_to_a_child_who_sits(enter, rouen):
    assert "pas encore de conseil ici" in words(enter.get(url("councils")))
    made = enter.post(
        url("council_create"), {"name": "CME", "kind": "children", "purpose": "Dire.", "pour": rouen.public_id}
    )
    council = Council.objects.get()
    assert made.url == url("council_term_start", council)
    enter.post(made.url, {"starts_on": "2026-09-01", "ends_on": "31/08/2027"})
    term = Term.objects.get()
    assert "Personne n’est encore inscrit" in words(enter.get(url("council", council)))
    added = enter.post(url("member_add", term), CHILD)
    member = Member.objects.get()
    assert added.url == url("member", member)
    assert "accord à recueillir" in words(enter.get(url("council", council)))
    assert enter.post(url("consent_give", member), PAPER).url == url("member", member)
    page = words(enter.get(url("council", council)))
    assert "Lina Martin" in page
    assert "Accords à faire signer" not in page


def test_one_child_after_another(enter, term):
    assert enter.post(url("member_add", term), CHILD | {"encore": "1"}).url == url("member_add", term)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_name": ""}, "Écrivez le prénom"),
        ({"birth_year": "16"}, "quatre chiffres"),
        ({"birth_year": "deux mille"}, ""),
        ({"joined_on": "hier"}, "24/11/2026"),
        ({"school": "x" * 200}, ""),
    ],
)
def test_a_wrong_answer_loses_nothing_typed(enter, term, wrong, said):
    response = enter.post(url("member_add", term), CHILD | {"guardian_contact": "chez sa tante"} | wrong)
    assert response.status_code == 422
    assert "chez sa tante" in words(response)
    assert said in words(response)
    assert not Member.objects.exists()


def test_a_paper_without_the_guardians_is_refused_with_what_to_do(enter, term):
    member = MemberFactory(term=term)
    response = enter.post(url("consent_give", member), {k: v for k, v in PAPER.items() if k != "by_guardians"})
    assert response.status_code == 422
    assert "Sans la signature des responsables" in words(response)
    assert not Consent.objects.exists()


def test_a_consent_already_over_is_refused_and_kept_on_the_page(enter, term):
    response = enter.post(
        url("consent_give", MemberFactory(term=term)), PAPER | {"signed_on": "2025-01-01", "valid_until": "2026-01-01"}
    )
    assert "déjà terminé" in words(response)
    assert "2026-01-01" in words(response)


def test_a_file_that_is_not_one_is_refused_beside_its_field(enter, term):
    bad = SimpleUploadedFile("accord.pdf", b"<script>", "application/pdf")
    response = enter.post(url("consent_give", MemberFactory(term=term)), PAPER | {"document": bad})
    assert response.status_code == 422
    assert not Consent.objects.exists()


def test_the_signed_paper_is_read_by_those_of_the_council_alone(enter, client, term):
    member = MemberFactory(term=term)
    enter.post(url("consent_give", member), PAPER | {"document": SimpleUploadedFile("a.pdf", pdf(), "application/pdf")})
    door = url("consent_document", Consent.objects.get())
    assert enter.get(door).status_code == 200
    for stranger in (lead_of(CollectiviteFactory()), national(), member_of(term.council.organisation, Role.SIGNATORY)):
        client.force_login(stranger)
        assert client.get(door).status_code == 404


def test_withdrawing_takes_the_name_off_the_public_page_at_once(enter, client, council, term):
    Council.objects.update(is_public=True)
    member = sitting(term, first_name="Éléa", is_shown=True)
    assert "Éléa" in words(client.get(url("council", council) + "?public"))
    enter.post(url("consent_withdraw", member.consents.get()))
    assert "Éléa" not in words(client.get(url("council", council) + "?public"))
    enter.post(url("consent_put_back", member.consents.get()))
    assert "Éléa" in words(client.get(url("council", council) + "?public"))


def test_the_public_reads_first_names_allowed_and_nothing_else(client, council, term):
    sitting(term, first_name="Éléa", last_name="Secret", is_shown=True)
    sitting(term, first_name="Tom", is_shown=False)
    MemberFactory(term=term, first_name="Zoé", is_shown=True)  # no consent
    sitting(term, first_name="Max", is_shown=True, left_on=date(2026, 10, 1))
    assert client.get(url("council", council)).status_code == 404
    Council.objects.update(is_public=True)
    for reader in (None, UserFactory(), national(), lead_of(CollectiviteFactory())):
        client.logout()
        if reader:
            client.force_login(reader)
        page = words(client.get(url("council", council)))
        assert "Éléa" in page
        for hidden in ("Secret", "Tom", "Zoé", "Max", "École Jean-Zay", "06 00"):
            assert hidden not in page
        assert "119" in page
        assert "3018" in page


def test_its_proposals_and_their_states_are_public(client, council, term, lead, at):
    Council.objects.update(is_public=True)
    made = {"organisation": council.organisation, "territory": council.organisation.territory, "origin": "council",
                "council": council, "theme": "play", "made_on": date(2026, 10, 1), "due_on": date(2027, 1, 1), "created_at": at,
                "created_by": lead}  # fmt: skip
    Proposal.objects.create(wording="Des bancs à l’ombre", state=ProposalState.MADE, **made)
    Proposal.objects.create(wording="Pas encore relue", state=ProposalState.DRAFT, **made)
    page = words(client.get(url("council", council)))
    assert "Des bancs à l’ombre" in page
    assert "Pas encore relue" not in page
    client.force_login(lead)
    assert "Des bancs à l’ombre" in words(client.get(url("council_term_start", council)))


DOORS = [
    "council_change",
    "council_end",
    "council_revive",
    "council_term_start",
    "council_list",
    "council_consent_paper",
]


def test_strangers_find_no_door(client, council, term):
    member = sitting(term)
    doors = [url(name, council) for name in DOORS] + [url("term", term), url("member_add", term)]
    doors += [url(f"member{name}", member) for name in ("", "_leave", "_come_back", "_erase")]
    doors += [url("consent_give", member)]
    doors += [url(f"consent_{name}", member.consents.get()) for name in ("document", "withdraw", "put_back", "drop")]
    for stranger in (
        UserFactory(),
        lead_of(CollectiviteFactory()),
        national(),
        member_of(council.organisation, Role.SIGNATORY),
    ):
        client.force_login(stranger)
        for door in doors:
            assert {client.get(door).status_code, client.post(door).status_code} <= {404, 405}, door
    assert Member.objects.get(pk=member.pk).first_name == member.first_name


def test_a_departure_is_noted_and_undone(enter, term):
    member = sitting(term)
    enter.post(url("member_leave", member), {"left_on": "2026-11-24"})
    assert "Annuler ce départ" in words(enter.get(url("member", member)))
    enter.post(url("member_come_back", member))
    assert Member.objects.get().left_on is None


def test_erasing_asks_once_and_says_what_stays(enter, term, at):
    member = MemberFactory(term=term, recorded_at=at)
    assert "On ne revient pas en arrière" in words(enter.get(url("member_erase", member)))
    assert "Choisissez" in words(enter.post(url("member_erase", member)))
    enter.post(url("member_erase", member), {"quoi": "erreur"})
    assert not Member.objects.exists()
    old = sitting(term)
    assert "plus de sept jours" in words(enter.post(url("member_erase", old), {"quoi": "erreur"}))
    enter.post(url("member_erase", old), {"quoi": "tout"})
    assert Member.objects.get().first_name == ""
    assert "effacé" in words(enter.get(url("council", term.council)))
    assert enter.get(url("member", old)).status_code == 200


def test_the_next_term_is_opened_with_its_handover(enter, council, term):
    stays = sitting(term)
    data = {
        "starts_on": "2027-09-01",
        "ends_on": "2028-08-31",
        "handover": "Finir la cour.",
        "staying": [stays.public_id],
    }
    assert enter.post(url("council_term_start", council), data).status_code == 302
    assert council.terms.first().members.get().previous == stays
    assert "Finir la cour." in words(enter.get(url("council", council)))
    again = enter.post(url("council_term_start", council), data | {"staying": []})
    assert "touchent un autre mandat" in words(again)
    assert "Finir la cour." in words(again)


def test_a_youth_council_gives_two_sums_for_the_law(enter, council, term):
    assert "Filles et jeunes femmes" not in words(enter.get(url("term", term)))
    Council.objects.update(kind="youth")
    assert "Non renseigné" in words(enter.get(url("council", council)))
    days = {"starts_on": "2026-09-01", "ends_on": "2027-08-31", "handover": ""}
    assert enter.post(url("term", term), days | {"women": "5", "men": ""}).status_code == 422
    enter.post(url("term", term), days | {"women": "5", "men": "3"})
    assert "L’écart est de 2" in words(enter.get(url("council", council)))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_list_is_taken_out_with_its_reminder_and_the_log_keeps_it(enter, council, term, form):
    sitting(term, first_name="=1+1")
    response = enter.post(url("council_list", council), {"format": form})
    assert "attachment" in response["Content-Disposition"]
    if form == "csv":
        text = response.content.decode("utf-8-sig")
        assert "'=1+1" in text
        assert "données personnelles d’enfants" in text
    else:
        book = load_workbook(BytesIO(response.content))
        assert book["Membres"]["A2"].data_type == "s"
        assert "données personnelles d’enfants" in book["À lire"]["A2"].value
    entry = Entry.objects.get(kind="participation.council.list_taken")
    assert entry.details == {"format": form, "count": 1}


def test_taking_out_in_no_format_is_said(enter, council, term):
    assert enter.post(url("council_list", council), {"format": "exe"}).status_code == 422


@pytest.mark.parametrize("kind", ["children", "youth"])
def test_the_paper_to_sign_keeps_both_consents_apart(enter, council, term, kind):
    Council.objects.update(kind=kind)
    reader = PdfReader(BytesIO(enter.get(url("council_consent_paper", council)).content))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert len(reader.pages) == 1
    for said in ("Je veux participer au conseil", "être sur les photos", "119", "3018", "retirer", "2024-120"):
        assert said in text
    assert ("Majeur·e" in text) == (kind == "youth")


def test_a_council_ends_and_is_reopened(enter, council):
    enter.post(url("council_end", council))
    assert "Ce conseil a pris fin" in words(enter.get(url("council", council)))
    assert "déjà pris fin" in words(enter.post(url("council_end", council)))
    enter.post(url("council_revive", council))
    assert Council.objects.get().ended_on is None


def test_what_is_public_is_changed_at_once(enter, client, council):
    assert client.get(url("council", council) + "?public").status_code == 404
    enter.post(url("council_change", council), {"name": "CME", "kind": "children", "is_public": "on"})
    assert client.get(url("council", council) + "?public").status_code == 200


def test_the_public_list_is_searched_and_says_when_nothing_is_found(client, council):
    Council.objects.update(is_public=True)
    assert council.name in words(client.get(url("councils") + "?q=rouen"))
    assert "Aucun conseil pour" in words(client.get(url("councils") + "?q=<b>"))
    assert client.get(url("councils") + "?q=%00&page=zero").status_code == 200


@pytest.mark.parametrize("many", [1, 6])
def test_lists_take_a_constant_number_of_queries(enter, client, rouen, django_assert_max_num_queries, many):
    for _ in range(many):
        council = CouncilFactory(organisation=rouen, is_public=True)
        term = TermFactory(council=council)
        for _ in range(many):
            sitting(term, is_shown=True)
    enter.get(url("councils"))
    with django_assert_max_num_queries(18):
        enter.get(url("councils"))
    with django_assert_max_num_queries(16):
        enter.get(url("council", council))
    client.logout()
    with django_assert_max_num_queries(6):
        client.get(url("councils"))
    with django_assert_max_num_queries(7):
        client.get(url("council", council))


def test_a_page_is_only_read(enter, council, term):
    member = sitting(term)
    ConsentFactory(member=member, kind="image")
    before = (Member.objects.values().get(), list(Consent.objects.values().order_by("pk")), timezone.now().date())
    for door in (
        url("councils"),
        url("council", council),
        url("member", member),
        url("term", term),
        url("member_add", term),
    ):
        response = enter.get(door)
        assert response.status_code == 200
        assert words(response).count("<h1") == 1
    assert before[:2] == (Member.objects.values().get(), list(Consent.objects.values().order_by("pk")))
