"""Who may open the pages that cross subjects."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No
from marelle.programme.queries.portfolio import may_accompany


def can_see_portfolio(user: Any) -> Answer:
    return may_accompany(user) or No(_("Le portefeuille est réservé à l’équipe du programme et aux délégations."))


def can_see_funnel(user: Any) -> Answer:
    return standing(user).is_national_staff or No(_("L’entonnoir national est réservé à l’équipe nationale."))
