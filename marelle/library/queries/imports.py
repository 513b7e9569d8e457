"""What an import would do today, sheet by sheet and field by field. Nothing here writes: the page shows it, and the
action carries out the very same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import Kind as OrganisationKind
from marelle.accounts.models import Organisation
from marelle.library.definition.imports.cells import Known
from marelle.library.definition.imports.columns import BY_KEY, FILES
from marelle.library.definition.imports.law import Fate, Put, fate
from marelle.library.enums import Imported, PracticeState
from marelle.library.models import Article, FileVersion, ImportedSheet, Practice, Resource, Theme
from marelle.library.queries.imported_values import Values, of_practice, of_resource, row_data, said


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"
    ERROR = "error"


@dataclass
class FieldPlan:
    key: str
    fate: Fate
    value: Any
    old: str
    new: str
    since: str = ""
    """When an import last wrote it, ISO: it was changed by hand after that."""

    @property
    def header(self) -> str:
        return str((BY_KEY["practice"] | BY_KEY["resource"])[self.key].header)

    @property
    def since_day(self) -> datetime | None:
        return datetime.fromisoformat(self.since) if self.since else None


@dataclass
class FilePlan:
    name: str
    label: str
    print: str
    fate: Fate
    why: str = ""
    is_new: bool = False


@dataclass
class SheetPlan:
    line: int
    reference: str
    title: str
    outcome: Outcome
    values: Values = field(default_factory=dict)
    fields: list[FieldPlan] = field(default_factory=list)
    files: list[FilePlan] = field(default_factory=list)
    errors: list[list[str]] = field(default_factory=list)
    why: str = ""
    """Why nothing of it is touched, or what to know of it."""
    imported: ImportedSheet | None = None

    @property
    def changes(self) -> list[FieldPlan]:
        return [one for one in self.fields if one.fate == Fate.CHANGED]

    @property
    def kept(self) -> list[FieldPlan]:
        return [one for one in self.fields if one.fate == Fate.KEPT]

    @property
    def file_changes(self) -> list[FilePlan]:
        return [one for one in self.files if one.fate == Fate.CHANGED]

    @property
    def sheet(self) -> Resource | Practice | None:
        return self.imported.sheet if self.imported else None


def known() -> Known:
    """What cells may name."""
    codes = Organisation.objects.filter(kind=OrganisationKind.COLLECTIVITE, closed_on__isnull=True)
    territories = {code for pair in codes.values_list("territory__code", "territory__siren") for code in pair if code}
    return Known(
        themes=dict(Theme.objects.values_list("name", "slug")),
        articles=frozenset(Article.objects.values_list("number", flat=True)),
        territories=frozenset(territories),
    )


def already(kind: str) -> dict[str, set[str]]:
    """References imported before, with the names of their files."""
    rows = ImportedSheet.objects.filter(kind=kind).values_list("reference", "put")
    return {reference: set(put.get(FILES, {})) for reference, put in rows}


def counts(plans: Iterable[SheetPlan]) -> dict[str, int]:
    found = Counter(plan.outcome.value for plan in plans)
    return {outcome.value: found[outcome.value] for outcome in Outcome}


def plans_of(kind: str, lines: list[dict[str, Any]], *, by: Any) -> list[SheetPlan]:
    """In the order of the table; a handful of queries, however long it is."""
    references = [line["reference"] for line in lines if not line["errors"]]
    rows = ImportedSheet.objects.filter(kind=kind, reference__in=references).select_related(
        "resource__latest_revision", "practice__organisation__territory", "practice__latest_revision"
    )
    sheets = {row.reference: row for row in rows}
    present = _Present(kind, list(sheets.values()))
    return [_plan(kind, line, sheets.get(line["reference"]), present, by) for line in lines]


def _plan(kind: str, line: Mapping[str, Any], row: ImportedSheet | None, present: _Present, by: Any) -> SheetPlan:
    plan = SheetPlan(
        line["line"], line["reference"], line["values"].get("title", ""), Outcome.ERROR, values=line["values"],
        errors=line["errors"], imported=row,
    )  # fmt: skip
    if plan.errors:
        return plan
    if row is None:
        plan.outcome = Outcome.NEW
        plan.files = [FilePlan(f["name"], f["label"], f["print"], Fate.CHANGED, is_new=True) for f in line["files"]]
        return plan
    sheet = row.sheet
    if sheet is None:
        plan.outcome, plan.why = (
            Outcome.KEPT,
            _("Cette fiche a été supprimée depuis son import\u202f: elle n’est pas recréée."),
        )
        return plan
    plan.title = plan.title or sheet.title
    draft, shown = present.draft(sheet), present.shown(sheet)
    for key, value in line["values"].items():
        put = Put.of(row.put[key]) if key in row.put else None
        decided = fate(value, draft=draft.get(key), shown=shown.get(key), put=put)
        if key == "territory":
            decided = Fate.SAME if value in present.codes(sheet) else Fate.KEPT
        plan.fields.append(
            FieldPlan(
                key, decided, value, said(key, draft.get(key), present.themes), said(key, value, present.themes),
                put.at if put else "",
            )
        )  # fmt: skip
    if isinstance(sheet, Resource):
        plan.files = [_file_plan(f, row.put.get(FILES, {}).get(f["name"]), sheet, present) for f in line["files"]]
    touched = plan.changes or plan.file_changes
    if touched and (why := _not_now(sheet, by)):
        plan.outcome, plan.why = Outcome.KEPT, why
        return plan
    kept = plan.kept or any(one.fate == Fate.KEPT for one in plan.files)
    plan.outcome = Outcome.CHANGED if touched else Outcome.KEPT if kept else Outcome.SAME
    return plan


def _file_plan(brought: Mapping[str, str], before: Any, sheet: Resource, present: _Present) -> FilePlan:
    plan = FilePlan(brought["name"], brought["label"], brought["print"], Fate.SAME, is_new=before is None)
    if before and before["print"] == plan.print:
        return plan
    if sheet.live:
        plan.fate, plan.why = (
            Fate.KEPT,
            _("la ressource est en ligne\u202f: déposez ce fichier depuis «\u202fTenir les fichiers\u202f»."),
        )
        return plan
    if before and present.stored.get(before["file"]) != before["stored"]:
        plan.fate, plan.why = Fate.KEPT, _("le fichier a été remplacé ou retiré à la main.")
        return plan
    plan.fate = Fate.CHANGED
    return plan


def _not_now(sheet: Resource | Practice, by: Any) -> str:
    """Somebody is at work on it: why it is left alone."""
    if isinstance(sheet, Practice):
        if sheet.live or sheet.state != PracticeState.DRAFT:
            return _("Cette pratique est «\u202f{state}\u202f»\u202f: c’est à sa collectivité de la reprendre.").format(
                state=sheet.get_state_display()
            )
        return ""
    lock = sheet.get_lock()
    if (lock and lock.for_user(by)) or sheet.workflow_in_progress:
        return _("Cette ressource est verrouillée, en relecture ou programmée\u202f: recommencez ensuite.")
    return ""


class _Present:
    """What the sheets of a table say today: row and latest draft."""

    def __init__(self, kind: str, rows: list[ImportedSheet]):
        self.kind = kind
        self.themes = dict(Theme.objects.values_list("slug", "name"))
        self._theme_slugs = dict(Theme.objects.values_list("pk", "slug"))
        model = Resource if kind == Imported.RESOURCE else Practice
        pks = [row.resource_id or row.practice_id for row in rows]
        self._cited = {name: _links(model, name, pks) for name in ("themes", "articles")}
        self.stored = _stored(pks) if model is Resource else {}
        """Print of the latest version of each file that stands, by the file's public id."""

    def shown(self, sheet: Resource | Practice) -> Values:
        themes = [self._theme_slugs[pk] for pk in self._cited["themes"][sheet.pk]]
        return self._values(row_data(sheet), themes, self._cited["articles"][sheet.pk])

    def draft(self, sheet: Resource | Practice) -> Values:
        """The latest revision; of a practice that nobody published, the row itself."""
        revision = sheet.latest_revision
        if revision is None or isinstance(sheet, Practice):
            return self.shown(sheet)
        data = revision.content
        themes = [self._theme_slugs[pk] for pk in data["themes"] if pk in self._theme_slugs]
        return self._values(data, themes, list(data["articles"]))

    def codes(self, sheet: Any) -> set[str]:
        place = sheet.organisation.territory if sheet.organisation else None
        return {place.code, place.siren} if place else set()

    def _values(self, data: Mapping[str, Any], themes: list[str], articles: list[int]) -> Values:
        read = of_resource if self.kind == Imported.RESOURCE else of_practice
        return read(data, themes=themes, articles=articles)


def _links(model: Any, name: str, pks: list[Any]) -> dict[int, list[int]]:
    through = getattr(model, name).through
    here, there = f"{model._meta.model_name}_id", f"{name.removesuffix('s')}_id"
    found: dict[int, list[int]] = defaultdict(list)
    for one, cited in through.objects.filter(**{f"{here}__in": pks}).values_list(here, there):
        found[one].append(cited)
    return found


def _stored(pks: list[Any]) -> dict[str, str]:
    rows = FileVersion.objects.filter(file__resource__in=pks, file__withdrawn_at=None).order_by("number")
    return dict(rows.values_list("file__public_id", "stored__sha256"))
