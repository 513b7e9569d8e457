"""What ProConnect said about where a person works."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialAccount
from stdnum import luhn

from marelle.territories.models import Territory


def siret_of(user: Any) -> str:
    """The SIRET of the establishment their administration declares, or nothing."""
    link = SocialAccount.objects.filter(user=user.pk, provider="proconnect").first()
    siret = str((link.extra_data.get("userinfo") or {}).get("siret") or "") if link else ""
    return siret if len(siret) == 14 and siret.isdigit() and luhn.is_valid(siret[:9]) else ""


def territory_by_proconnect(user: Any) -> Territory | None:
    """The commune or intercommunalité whose SIREN starts that SIRET."""
    siren = siret_of(user)[:9]
    return Territory.objects.eligible().filter(siren=siren).first() if siren else None
