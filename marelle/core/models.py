"""Helpers for models. No model lives here."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from django.db import models
from django.db.models import Q

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Digits and letters that no one confuses when read aloud: no 0, 1, i, l, o."""


_chance: Random = secrets.SystemRandom()


def opaque_id(length: int = 12) -> str:
    """A public id that tells nothing and cannot be guessed: 31**12, some 59 bits."""
    return "".join(_chance.choice(ALPHABET) for _ in range(length))


@contextmanager
def predictable_ids(seed: int) -> Iterator[None]:
    """For the demonstration alone: ids drawn from a seed, so that the same year is made twice."""
    global _chance
    before, _chance = _chance, Random(seed)  # noqa: S311 a seed is the point
    try:
        yield
    finally:
        _chance = before


def public_id() -> str:
    return opaque_id()


def together(*fields: str) -> models.CheckConstraint:
    """All of these fields are filled in, or none is. Held by the database."""
    empty, full = (Q(**{f"{field}__isnull": answer for field in fields}) for answer in (True, False))
    return models.CheckConstraint(condition=empty | full, name="%(app_label)s_%(class)s_" + "_and_".join(fields))


def in_order(earlier: str, later: str) -> models.CheckConstraint:
    """`later`, when known, is not before `earlier`. Held by the database."""
    return models.CheckConstraint(
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": models.F(earlier)}),
        name=f"%(app_label)s_%(class)s_{earlier}_before_{later}",
    )


class RandomId(models.BigIntegerField):
    """A primary key drawn at random, so that it says nothing of when its row was written.

    On SQLite it is the row's own number ("integer primary key"): no hidden counter remembers the order either.
    """

    def db_type(self, connection):
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def rel_db_type(self, connection):
        return self.db_type(connection)


def random_id() -> int:
    """63 bits."""
    return secrets.randbits(63)
