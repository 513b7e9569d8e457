"""What may be asked of the search's alerts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, NotNow
from marelle.library.definition.search.question import question
from marelle.library.models import SavedSearch

MOST = 20
"""Searches that one person or address may keep."""
UNCONFIRMED_A_DAY = 3
"""Mails that a day may bring to an address whose owner confirmed nothing: anybody can type it."""


def can_keep(text: str, *, by: Any, email: str, at: datetime) -> Answer:
    if not question(text).ideas:
        return NotNow(_("Écrivez d’abord ce que vous cherchez\u202f: un mot ou deux suffisent."))
    if by is not None:
        kept = SavedSearch.objects.filter(person=by).count()
    else:
        rows = SavedSearch.objects.filter(email__iexact=email)
        if rows.waiting().filter(asked_at__gt=at - timedelta(days=1)).count() >= UNCONFIRMED_A_DAY:
            return NotNow(
                _(
                    "Plusieurs courriels de confirmation attendent déjà à cette adresse. Ouvrez l’un d’eux, ou revenez demain."
                )
            )
        kept = rows.confirmed().count()
    if kept >= MOST:
        return NotNow(_("Vous gardez déjà vingt recherches. Arrêtez-en une pour en garder une autre."))
    return True
