"""Seats in the groups of the editorial team, kept in step with roles: given when one begins, taken when it ends."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import PUBLISHES_PAGES, WRITES_PAGES
from marelle.accounts.models import Seat, User
from marelle.accounts.models.standing import forget_standing, standing

WRITING, PUBLISHING = _("Rédaction"), _("Publication")
"""The two groups, as Wagtail shows them: who writes, and who puts online."""


@transaction.atomic
def seat(*, user: Any) -> None:
    """Give this person the seats that their roles of today open, and take the others away."""
    forget_standing(user)
    roles = standing(user).roles if user.is_active else frozenset()
    names = {WRITING: WRITES_PAGES, PUBLISHING: PUBLISHES_PAGES}
    open_to = [Group.objects.get_or_create(name=str(name))[0] for name, allowed in names.items() if roles & allowed]
    Seat.objects.filter(user=user).exclude(group__in=open_to).delete()
    for group in open_to:
        Seat.objects.get_or_create(user=user, group=group)
    user.__dict__.pop("_permissions", None)


def clear_the_room() -> int:
    """Seats whose role ended on its day, without anybody ending it: gone. How many people stood up."""
    gone = 0
    for user in User.objects.filter(groups__isnull=False).distinct():
        if not user.is_active or not standing(user).roles & WRITES_PAGES:
            seat(user=user)
            gone += 1
    return gone
