"""Who reads what those who used a resource wrote."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import WRITES_PAGES
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No


def can_read_uses(user: Any) -> Answer:
    return True if standing(user).roles & WRITES_PAGES else No(_("Les retours sont lus par l’équipe éditoriale."))
