"""Somebody must be first, once, and from the command line only."""

import pytest
from django.core.management import CommandError, call_command

from marelle.accounts.models import Membership
from marelle.accounts.queries import standing
from tests.accounts.factories import national

pytestmark = pytest.mark.django_db


def test_the_first_manager_opens_the_national_team():
    call_command("first_manager", "Lea@Unicef.example", "Léa Dubois")
    user = Membership.objects.get().user
    assert standing(user).is_manager
    assert user.email == "lea@unicef.example"


def test_there_is_no_second_first_manager():
    national()
    with pytest.raises(CommandError, match="déjà une personne responsable"):
        call_command("first_manager", "someone@unicef.example", "Quelqu’un")
    assert Membership.objects.count() == 1


@pytest.mark.parametrize("address", ["", "pas une adresse", "a@b"])
def test_a_wrong_address_is_said(address):
    with pytest.raises(CommandError):
        call_command("first_manager", address, "Quelqu’un")
    assert not Membership.objects.exists()
