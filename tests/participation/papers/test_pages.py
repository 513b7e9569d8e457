"""Typing sheets in: nothing typed is lost, a second count, a surplus explained with both ways out."""

import pytest
from django.urls import reverse

from marelle.ballots.models import Bundle
from marelle.participation.actions import papers as actions
from marelle.participation.models import Verbatim
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

GOOD = {"sheets": "25", "age_band": "9-12", "n2-4": "20", "n3-0": "12", "n4-0-1": "18", "w6": "Un toboggan\nDes fleurs"}


@pytest.fixture(autouse=True)
def day(at, time_machine):
    time_machine.move_to(at, tick=False)


@pytest.fixture
def visit(client):
    def get(user, name, *args):
        client.force_login(user)
        return client.get(reverse(f"participation:{name}", args=args))

    return get


@pytest.fixture
def send(client):
    def post(user, name, *args, follow=True, **data):
        client.force_login(user)
        return client.post(reverse(f"participation:{name}", args=args), data, follow=follow)

    return post


@pytest.fixture
def bundle(group, teacher, at):
    return actions.enter(
        session=group,
        age_band="9-12",
        sheets=25,
        cells={"aime": {"5": 20}, "manque": {"arbres": 12, "*": 21}},
        words={"quoi": ["Un toboggan"]},
        by=teacher,
        at=at,
    )


def test_what_is_typed_is_read_back_before_it_counts(send, group, teacher):
    page = send(teacher, "paper_enter", group.public_id, **GOOD)
    bundle = Bundle.objects.get()
    assert page.redirect_chain[-1][0] == reverse("participation:paper_bundle", args=[group.public_id, bundle.public_id])
    said = page.content.decode()
    assert "25 feuilles" in said
    assert "20 feuilles sur 25 y répondent." in said
    assert "Compter une seconde fois" in said
    assert "1 enfant a écrit" not in said
    assert "2 enfants ont écrit quelques mots." in said
    assert "Un toboggan" not in said  # nobody needs to read it over a shoulder


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"sheets": ""}, "Comptez les feuilles et écrivez leur nombre."),
        ({"n2-0": "6"}, "26 réponses pour 25 feuilles"),
        ({"n3-0": "deux cents"}, "Écrivez un nombre"),
    ],
)
def test_a_mistake_is_explained_and_all_the_rest_stays(send, group, teacher, fields, words):
    page = send(teacher, "paper_enter", group.public_id, **GOOD | fields)
    assert page.status_code == 422
    said = page.content.decode()
    assert words in said
    assert "Un toboggan\nDes fleurs" in said.replace("\r\n", "\n")
    assert 'value="18"' in said
    assert not Bundle.objects.exists()


def test_the_second_count_makes_votes_of_them(send, group, teacher, bundle):
    page = send(teacher, "paper_bundle", group.public_id, bundle.public_id, sheets="25")
    said = page.content.decode()
    assert "25 feuilles sont comptées." in said
    assert "25<small> / 28</small>" in said
    assert Verbatim.objects.get().text == "Un toboggan"
    read = send(teacher, "paper_correct", group.public_id, bundle.public_id).content.decode()
    assert "Elles ne se corrigent plus." in read
    assert "Confirmer les feuilles" not in read
    assert "Très bien" not in read  # what they say is read with the results


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Comptez encore les feuilles et écrivez leur nombre."),
        ("24", "vous venez d’en compter 24"),
        ("x", "chiffres"),
    ],
)
def test_another_second_count_counts_nothing(send, group, teacher, bundle, typed, words):
    said = send(teacher, "paper_bundle", group.public_id, bundle.public_id, sheets=typed).content.decode()
    assert words in said
    assert not Verbatim.objects.exists()
    bundle.refresh_from_db()
    assert bundle.confirmed_at is None


def test_a_surplus_is_said_at_once_with_both_ways_out(visit, send, group, teacher):
    page = send(teacher, "paper_enter", group.public_id, **GOOD | {"sheets": "29"})
    said = page.content.decode()
    bundle = Bundle.objects.get()
    assert "Votre groupe compte 28 enfants\u202f; 28 feuilles au plus. Vous en annoncez 29." in said
    assert reverse("participation:paper_correct", args=[group.public_id, bundle.public_id]) in said
    assert page.context["roll_form"].initial == {"roll": 29}
    refused = send(teacher, "paper_bundle", group.public_id, bundle.public_id, sheets="29").content.decode()
    assert "Vous en annoncez 29." in refused
    back = send(teacher, "session_roll", group.public_id, roll="29", feuilles=bundle.public_id)
    assert "Le groupe compte maintenant 29 enfants." in back.content.decode()
    assert "au plus" not in back.content.decode()
    assert back.context["bundle"].pk == bundle.pk


def test_a_draft_comes_back_in_its_boxes(visit, send, group, teacher, bundle):
    said = visit(teacher, "paper_correct", group.public_id, bundle.public_id).content.decode()
    assert "Un toboggan" in said
    assert 'value="12"' in said
    send(teacher, "paper_correct", group.public_id, bundle.public_id, **GOOD | {"sheets": "24"})
    assert Bundle.objects.get().sheets == 24


def test_a_draft_is_thrown_away(send, group, teacher, bundle):
    said = send(teacher, "paper_drop", group.public_id, bundle.public_id).content.decode()
    assert "Rien n’avait été compté." in said
    assert not Bundle.objects.exists()


def test_a_confirmed_bundle_is_not_thrown_away(send, group, teacher, at, bundle):
    actions.confirm(session=group, bundle=bundle, sheets=25, by=teacher, at=at)
    said = send(teacher, "paper_drop", group.public_id, bundle.public_id).content.decode()
    assert "elles ne se corrigent plus" in said
    assert Bundle.objects.exists()


@pytest.mark.parametrize("name", ["paper_bundle", "paper_correct", "paper_drop"])
def test_a_stranger_finds_no_sheets(visit, send, group, lead, teacher, bundle, name):
    for stranger in (lead, UserFactory()):
        assert visit(stranger, name, group.public_id, bundle.public_id).status_code in {404, 405}
        assert send(stranger, name, group.public_id, bundle.public_id, sheets="25").status_code == 404
    assert send(teacher, name, group.public_id, "2guess234567", sheets="25").status_code == 404
    bundle.refresh_from_db()
    assert bundle.confirmed_at is None


def test_who_left_the_school_types_nothing(visit, group, teacher, at):
    teacher.memberships.update(ends_on=at.date())
    assert visit(teacher, "paper_enter", group.public_id).status_code == 403


def test_a_long_questionnaire_costs_no_more_queries(client, group, teacher, django_assert_num_queries):
    client.force_login(teacher)
    with django_assert_num_queries(7):
        client.get(reverse("participation:paper_enter", args=[group.public_id]))
