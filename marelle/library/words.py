"""Ages, durations and groups as people say them. Worked out once each: French is the only language of the site, and a list
of twenty cards asks sixty times."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

OLDEST = 18


@lru_cache(maxsize=2000)
def ages(low: int, high: int) -> str:
    """« 8 à 12 ans », « 5 ans »; whoever is everyone from an age on is « à partir de 14 ans »."""
    if low == high:
        return _("{age} ans").format(age=low)
    if high == OLDEST and low > 3:
        return _("à partir de {age} ans").format(age=low)
    return _("{low} à {high} ans").format(low=low, high=high)


def minutes(number: int) -> str:
    """« 45 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(number, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h" + (f"\u00a0{rest:02d}" if rest else "")


@lru_cache(maxsize=2000)
def duration(low: int | None, high: int | None) -> str:
    """« 45 min à 1 h »; nothing when it is not known."""
    if low is None or high is None or low == high:
        known = low if low is not None else high
        return minutes(known) if known is not None else ""
    return _("{low} à {high}").format(low=minutes(low), high=minutes(high))


@lru_cache(maxsize=2000)
def group(low: int | None, high: int | None) -> str:
    """« 6 à 30 enfants », « à partir de 6 enfants »; nothing when it is not known."""
    if low is None and high is None:
        return ""
    if high is None:
        return ngettext("à partir de {n} enfant", "à partir de {n} enfants", low or 1).format(n=low)
    if low is None:
        return ngettext("jusqu’à {n} enfant", "jusqu’à {n} enfants", high).format(n=high)
    if low == high:
        return ngettext("{n} enfant", "{n} enfants", low).format(n=low)
    return _("{low} à {high} enfants").format(low=low, high=high)
