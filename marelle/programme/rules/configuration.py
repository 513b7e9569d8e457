"""Who reads what the programme asked over time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No


def can_see_versions(user: Any) -> Answer:
    """Versions and what changed between them are the national team's; what is asked today is public."""
    return standing(user).is_national_staff or No(_("L’histoire des versions est tenue par l’équipe nationale."))
