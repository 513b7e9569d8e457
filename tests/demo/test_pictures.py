"""The demonstration's pictures and films: our own, with nobody in them, made twice alike."""

import pytest

from marelle.accounts.enums import Role
from marelle.demo.actions import pictures
from marelle.library.models import Picture, Video
from marelle.library.rules.media import can_be_shown, can_be_watched
from tests.accounts.factories import national

pytestmark = pytest.mark.django_db


def test_a_second_run_makes_nothing_more(at):
    drawn = pictures.pictures(at=at)
    shown = pictures.films(by=national(Role.EDITOR), at=at, posters=drawn)
    pictures.films(by=national(Role.EDITOR), at=at, posters=pictures.pictures(at=at))
    assert (Picture.objects.count(), Video.objects.count()) == (12, 3)
    assert all(can_be_shown(one, at.date()) and one.is_demonstration for one in drawn.values())
    assert all(can_be_watched(one, at.date()) is True for one in shown.values())
    assert {key: one.seconds for key, one in shown.items()} == {"marelle": 21, "voter": 16, "proposition": 18}
    assert all(one.film.size < 250_000 for one in shown.values())
