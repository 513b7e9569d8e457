"""Signing in by one click: in the demonstration, as somebody fictitious, and nowhere else."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, reverse

from marelle.accounts.enums import Role
from marelle.demo import actions, queries
from marelle.programme.enums import Status
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of, national
from tests.programme.factories import CandidacyFactory

pytestmark = pytest.mark.django_db
mounted = pytest.mark.urls("tests.demo.urls")


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


def fictitious(user):
    user.is_fictitious = True
    user.save()
    return user


def test_the_door_does_not_exist_on_a_real_installation(client):
    with pytest.raises(NoReverseMatch):
        reverse("demo:cast")
    assert client.get("/demonstration/").status_code == 404


@mounted
def test_the_door_stays_shut_even_when_mounted_by_mistake(client):
    someone = fictitious(lead_of(CollectiviteFactory()))
    assert client.get("/demonstration/").status_code == 404
    assert client.post(f"/demonstration/entrer/{someone.public_id}/").status_code == 404
    assert "_auth_user_id" not in client.session


@mounted
def test_one_person_for_each_role_with_a_plain_button(client, demonstration):
    town = CollectiviteFactory()
    first, second = fictitious(lead_of(town, user__name="Inès Premier")), fictitious(lead_of(town))
    real = member_of(town, Role.SIGNATORY, user__name="Vraie Personne")
    page = client.get("/demonstration/").content.decode()
    assert "Inès Premier" in page
    assert f"/demonstration/entrer/{first.public_id}/" in page
    assert f"/demonstration/entrer/{second.public_id}/" not in page
    assert real.name not in page


@mounted
def test_a_town_at_each_step_in_the_order_of_its_life(client, demonstration):
    towns = {
        status: CandidacyFactory(status=status, is_demonstration=True, organisation__is_demonstration=True).organisation
        for status in (Status.TITLED, Status.DRAFT)
    }
    leads = {status: fictitious(lead_of(town)) for status, town in towns.items()}
    another = fictitious(lead_of(CandidacyFactory(status=Status.DRAFT, is_demonstration=True).organisation))
    beginner = fictitious(lead_of(CollectiviteFactory()))
    stops = queries.journey()
    assert [stop.user for stop in stops] == [beginner, leads[Status.DRAFT], leads[Status.TITLED]]
    assert [stop.state for stop in stops][1:] == [Status.DRAFT.label, Status.TITLED.label]
    page = client.get("/demonstration/").content.decode()
    assert f"/demonstration/entrer/{leads[Status.TITLED].public_id}/" in page
    assert str(another.public_id) not in page


@mounted
def test_the_page_costs_the_same_with_many_people(client, demonstration, django_assert_max_num_queries):
    for _ in range(5):
        fictitious(lead_of(CollectiviteFactory()))
    with django_assert_max_num_queries(6):
        client.get("/demonstration/")


@mounted
def test_a_click_opens_a_complete_session_second_factor_included(client, demonstration):
    manager = fictitious(national())
    response = client.post(f"/demonstration/entrer/{manager.public_id}/")
    assert response.url == reverse("portal:dashboard")
    assert client.get("/compte/").status_code == 200  # and not led to set a second factor up
    assert EmailAddress.objects.get(user=manager).verified
    assert UserSession.objects.filter(user=manager).count() == 1


@mounted
def test_changing_character_leaves_nothing_of_the_last(client, demonstration):
    manager, lead = fictitious(national()), fictitious(lead_of(CollectiviteFactory()))
    client.post(f"/demonstration/entrer/{manager.public_id}/")
    before = client.session.session_key
    client.post(f"/demonstration/entrer/{lead.public_id}/")
    assert client.session["_auth_user_id"] == str(lead.pk)
    assert client.session.session_key != before


@mounted
@pytest.mark.parametrize("fields", [{"is_fictitious": False}, {"is_fictitious": True, "is_active": False}])
def test_nobody_real_or_gone_can_be_entered(client, demonstration, fields):
    someone = UserFactory(**fields)
    assert client.post(f"/demonstration/entrer/{someone.public_id}/").status_code == 404
    assert client.post("/demonstration/entrer/nobody/").status_code == 404


@mounted
def test_reading_the_door_opens_nothing(client, demonstration):
    someone = fictitious(UserFactory())
    assert client.get(f"/demonstration/entrer/{someone.public_id}/").status_code == 405


def test_the_action_refuses_a_real_person_and_a_real_installation(settings, at):
    with pytest.raises(PermissionDenied):
        actions.sign_in_as(user=fictitious(UserFactory()), at=at)
    settings.DEMO = True
    with pytest.raises(PermissionDenied):
        actions.sign_in_as(user=UserFactory(), at=at)
