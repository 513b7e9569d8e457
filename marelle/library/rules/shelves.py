"""Who changes a reading list: its owner, or who holds its key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from marelle.core.rules import Answer, No, NotNow
from marelle.library.models import ReadingList

MOST_ITEMS, MOST_LISTS = 50, 30


@dataclass(frozen=True)
class Holder:
    """Who asks: an account, or nobody, and the keys of lists that this device holds (public id → key)."""

    user: Any = None
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> Any:
        return self.user if getattr(self.user, "is_authenticated", False) else None


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def opens(reading_list: ReadingList, key: str) -> bool:
    return bool(reading_list.key_hash and key) and hmac.compare_digest(reading_list.key_hash, digest(key))


def can_change(holder: Holder, reading_list: ReadingList) -> Answer:
    person = holder.person
    if person is not None and reading_list.owner_id == person.pk:
        return True
    if opens(reading_list, holder.keys.get(reading_list.public_id, "")):
        return True
    return No(_("Cette liste se modifie sur l’appareil où elle a été faite, ou avec son adresse de modification."))


def can_begin(how_many: int) -> Answer:
    if how_many >= MOST_LISTS:
        return NotNow(_("Vous avez déjà %(most)s listes. Supprimez-en une d’abord.") % {"most": MOST_LISTS})
    return True


def can_add(how_many: int) -> Answer:
    if how_many >= MOST_ITEMS:
        return NotNow(_("Cette liste a déjà %(most)s ressources. Commencez-en une autre.") % {"most": MOST_ITEMS})
    return True
