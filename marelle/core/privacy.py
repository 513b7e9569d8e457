"""Each model says which of its fields are personal, and how each one is forgotten.

A model carries two class attributes, checked by `tests/house/test_privacy.py`:

    personal = {"email": blank("Pour vous écrire", until="la clôture du compte")}
    impersonal = "id kind created_at"

together they name every field exactly once, so that a field is classed the day it is born.

A third, `about_children = True`, says that these fields are a child's, who has no account: the people whom the row
names only recorded it. Closing their account forgets nothing of the child, and their own export tells nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class How(Enum):
    BLANK = _("effacé")  # the value is emptied, the row stays
    REPLACE = _("remplacé")  # the value becomes one that says nothing
    DELETE = _("supprimé avec sa ligne")  # the whole row goes
    KEEP = _("conservé")  # the law or the record of a decision needs it


@dataclass(frozen=True)
class Personal:
    """A field about a person: why we hold it, until when (in French, shown to the person), and how it ends."""

    purpose: StrOrPromise
    until: StrOrPromise
    how: How
    replacement: Callable[[Any], Any] | None = None


def blank(purpose: StrOrPromise, *, until: StrOrPromise) -> Personal:
    return Personal(purpose, until, How.BLANK)


def replace(purpose: StrOrPromise, *, until: StrOrPromise, by: Callable[[Any], Any]) -> Personal:
    return Personal(purpose, until, How.REPLACE, by)


def delete(purpose: StrOrPromise, *, until: StrOrPromise) -> Personal:
    return Personal(purpose, until, How.DELETE)


def keep(purpose: StrOrPromise, *, until: StrOrPromise) -> Personal:
    return Personal(purpose, until, How.KEEP)


def declared(model: type[models.Model]) -> dict[str, Personal]:
    return getattr(model, "personal", {})


def is_about_children(model: type[models.Model]) -> bool:
    return getattr(model, "about_children", False)


_of_libraries: dict[type[models.Model], dict[str, Personal]] = {}
_names: dict[type[models.Model], StrOrPromise] = {}


def declare(model: type[models.Model], fields: dict[str, Personal], *, name: StrOrPromise) -> None:
    """For a table that a library brings, and that cannot say it itself: called by the app that uses it, at start."""
    _of_libraries[model], _names[model] = fields, name


def name_of(model: type[models.Model]) -> StrOrPromise:
    """What a person would call the rows of this table."""
    return _names.get(model, model._meta.verbose_name or model._meta.label)


def register() -> dict[type[models.Model], dict[str, Personal]]:
    """Every personal field of the installation, by model: the register shown to people and to the DPO."""
    return {m: declared(m) for m in apps.get_models() if declared(m)} | _of_libraries
