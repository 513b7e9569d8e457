"""The only door by which the official list changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.planner import count_anew

from .definition import OfficialList, Row, Source
from .models import Edition, Kind, Postcode, RetiredCode, Territory
from .words import slug

ORDER = [Kind.REGION, Kind.DEPARTEMENT, Kind.EPCI, Kind.EPT, Kind.COMMUNE]
"""Each may point to those before it."""
LINKS = ("departement", "region", "epci", "ept")
PLAIN = (
    "name", "siren", "legal_form", "population", "population_year", "longitude", "latitude", "x", "y",
    "email_domain", "other_names",
)  # fmt: skip
WRITTEN = (*PLAIN, "slug", *LINKS, "ended_on", "became")
Key = tuple[str, str]
"""Kind and code."""


@dataclass
class Changes:
    """What a new list changed, each line "76540 Rouen". `merged` are those that ended and have a successor."""

    added: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    reborn: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        return {name: len(lines) for name, lines in vars(self).items() if lines}


def _quiet(step: str) -> None:
    """Nobody watches."""


def load(*, source: Source, by: Any, at: datetime, progress: Callable[[str], None] = _quiet) -> Changes | None:
    """Take in an official list: what is new is added, what is gone is ended and points to its successor.

    Nothing is ever deleted, so that titles, files and links of a merged commune stay. None when this very list
    is the one that already holds. Raises `BadList`; then nothing has changed.
    """
    last = Edition.objects.order_by("-pk").first()
    if last and last.digest == source.digest:
        return None
    progress(f"Lecture de {source.path.name}")
    return _take_in(data=source.read(), digest=source.digest, by=by, at=at, progress=progress)


@transaction.atomic
def _take_in(
    *, data: OfficialList, digest: str, by: Any, at: datetime, progress: Callable[[str], None] = _quiet
) -> Changes:
    before = {(t.kind, t.code): t for t in Territory.objects.select_for_update(of=("self",)).order_by("pk")}
    names = {t.pk: (t.kind, t.code) for t in before.values()}
    changes = Changes()
    rows: dict[Key, Row] = {(row.kind, row.code): row for row in data.territories}
    pks = {key: t.pk for key, t in before.items()}
    for kind in ORDER:
        wanted = [row for row in data.territories if row.kind == kind]
        progress(f"{Kind(kind).label} : {len(wanted)}")
        fresh = [t for row in wanted if (t := _changed(row, before.get((row.kind, row.code)), pks, changes, names))]
        Territory.objects.bulk_create(
            fresh, batch_size=1000, update_conflicts=True, unique_fields=["kind", "code"], update_fields=WRITTEN
        )
        pks |= {(kind, code): pk for pk, code in Territory.objects.filter(kind=kind).values_list("pk", "code")}
    progress(_("Communes et intercommunalités qui n’existent plus"))
    _end(before, rows, pks, names, data.in_force_on, changes)
    progress(_("Codes postaux et codes retirés"))
    _replace(Postcode, {(code, pks[key]) for key, row in rows.items() for code in row.postcodes})
    _replace(RetiredCode, {(code, pks[key]) for key, row in rows.items() for code in row.retired_codes})
    count_anew(Territory, Postcode, RetiredCode)
    edition = Edition.objects.create(
        digest=digest, in_force_on=data.in_force_on, loaded_at=at, changes=changes.counts()
    )
    record("territories.list.loaded", on=edition, by=by, at=at, **changes.counts())
    return changes


def _changed(
    row: Row, known: Territory | None, pks: dict[Key, int], changes: Changes, names: dict[int, Key]
) -> Territory | None:
    """The row to write, or None when the list says what we hold already."""
    new = Territory(kind=row.kind, code=row.code, slug=slug(row.name), **{f: getattr(row, f) for f in PLAIN})
    for link in LINKS:
        code = getattr(row, link)
        setattr(new, f"{link}_id", pks[link, code] if code else None)
    line = f"{row.code} {row.name}"
    if known is None:
        changes.added.append(line)
        return new
    if known.ended_on:
        changes.reborn.append(line)
        return new
    if all(getattr(known, attname) == getattr(new, attname) for attname in _ATTNAMES):
        return None
    if known.name != new.name:
        changes.renamed.append(f"{line} (avant : {known.name})")
    elif known.epci_id != new.epci_id:
        old = names[known.epci_id][1] if known.epci_id else _("aucune")
        changes.moved.append(
            _("%(line)s (de %(old)s à %(new)s)") % {"line": line, "old": old, "new": row.epci or _("aucune")}
        )
    else:
        changes.updated.append(line)
    return new


_ATTNAMES = tuple(f.attname for f in Territory._meta.concrete_fields if f.name in WRITTEN)


def _end(
    before: dict[Key, Territory],
    rows: dict[Key, Row],
    pks: dict[Key, int],
    names: dict[int, Key],
    on: date,
    changes: Changes,
) -> None:
    """What the list no longer names ended the day it came into force, and became what took it over."""
    gone = [t for key, t in before.items() if key not in rows and t.ended_on is None]
    heirs: dict[Key, Key] = {
        (row.kind, code): (row.kind, row.code) for row in rows.values() for code in row.retired_codes
    }
    for territory in gone:
        if territory.kind in {Kind.EPCI, Kind.EPT}:
            heir = _heir_of_group(territory, before.values(), rows, heirs)
        else:
            heir = heirs.get((territory.kind, territory.code))
        territory.ended_on, territory.became_id = on, pks[heir] if heir else None
        # It is a member of nothing any more; its successor is.
        territory.epci = territory.ept = None
        line = f"{territory.code} {territory.name}"
        if heir:
            changes.merged.append(f"{line} (devient {heir[1]} {rows[heir].name})")
        else:
            changes.ended.append(line)
    Territory.objects.bulk_update(gone, ["ended_on", "became", "epci", "ept"], batch_size=200)


def _heir_of_group(
    group: Territory, known: Iterable[Territory], rows: dict[Key, Row], heirs: dict[Key, Key]
) -> Key | None:
    """No list names the successor of an EPCI: it is the one where more than half of its people live now."""
    people: Counter[str | None] = Counter()
    for t in known:
        if getattr(t, f"{group.kind}_id") == group.pk and t.ended_on is None:
            key = (t.kind, t.code)
            row = rows.get(heirs.get(key, key))
            people[getattr(row, group.kind) if row else None] += t.population or 0
    for code, count in people.most_common(1):
        if code and count * 2 > people.total():
            return group.kind, code
    return None


def _replace(model: Any, wanted: set[tuple[str, int]]) -> None:
    known = {(code, territory): pk for pk, code, territory in model.objects.values_list("pk", "code", "territory_id")}
    gone = [pk for row, pk in known.items() if row not in wanted]
    for start in range(0, len(gone), 500):
        model.objects.filter(pk__in=gone[start : start + 500]).delete()
    model.objects.bulk_create(
        [model(code=code, territory_id=territory) for code, territory in sorted(wanted - known.keys())],
        batch_size=5000,
    )
