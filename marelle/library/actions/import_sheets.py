"""One line of a table, carried out: a sheet is made, or some of its fields change. All of it, or nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from marelle.accounts.enums import Kind as OrganisationKind
from marelle.accounts.models import Organisation
from marelle.audit.actions import record
from marelle.core.rules import Refused
from marelle.documents.actions import store_upload
from marelle.library.actions import files
from marelle.library.actions.practices import slug_of
from marelle.library.definition.imports.archives import Archive
from marelle.library.definition.imports.columns import FILES, REFERENCE, TABLES
from marelle.library.definition.imports.law import Put, written
from marelle.library.enums import Imported, PracticeState
from marelle.library.models import Article, ImportedSheet, Practice, Resource, ResourceFile, Theme
from marelle.library.queries.imported_values import ARTICLES_AND_THEMES, put_plain
from marelle.library.queries.imports import FilePlan, Outcome, SheetPlan, plans_of

NOT_VALUES = {REFERENCE, FILES, "territory"}


@transaction.atomic
def carry_out(*, kind: str, line: dict[str, Any], archive: Archive | None, by: Any, at: datetime) -> SheetPlan:
    """Decide again, with the sheet locked: what the page showed may be an hour old. Gives what was done."""
    if not line["errors"]:
        _lock(kind, line["reference"])
    plan = plans_of(kind, [line], by=by)[0]
    if plan.outcome == Outcome.NEW:
        _make(kind, plan, archive, by, at)
    elif plan.outcome == Outcome.CHANGED:
        _change(plan, archive, by, at)
    return plan


def _lock(kind: str, reference: str) -> None:
    row = ImportedSheet.objects.select_for_update().filter(kind=kind, reference=reference).first()
    if row and row.resource_id:
        Resource.objects.select_for_update(of=("self",)).get(pk=row.resource_id)
    elif row and row.practice_id:
        Practice.objects.select_for_update(of=("self",)).get(pk=row.practice_id)


def _make(kind: str, plan: SheetPlan, archive: Archive | None, by: Any, at: datetime) -> None:
    """A draft, that somebody reads before it is published. What the table did not say is remembered too: filled in by
    hand meanwhile, it is kept when a table says it one day."""
    values = {one.key: plan.values.get(one.key, one.blank) for one in TABLES[kind] if one.key not in NOT_VALUES}
    row = ImportedSheet(kind=kind, reference=plan.reference, imported_at=at)
    if kind == Imported.RESOURCE:
        row.resource = _new_resource(values, by)
    else:
        row.practice = _new_practice(values, plan.values["territory"], by, at)
    row.put = {key: written(value, at=at.isoformat()).as_json() for key, value in values.items()}
    row.save()
    if row.resource:
        _bring(row, plan.files, archive, by, at)
    record("library.sheet.imported", on=row.sheet, by=by, at=at, fields=len(plan.values))
    plan.imported = row


def _new_resource(values: dict[str, Any], by: Any) -> Resource:
    resource = Resource(live=False, slug=slugify(values["title"])[:80].strip("-") or "ressource")
    _write(resource, values)
    resource.save_revision(user=by, clean=False, log_action=True)
    return resource


def _new_practice(values: dict[str, Any], code: str, by: Any, at: datetime) -> Practice:
    organisation = Organisation.objects.filter(
        Q(territory__code=code) | Q(territory__siren=code), kind=OrganisationKind.COLLECTIVITE, closed_on__isnull=True
    ).first()
    if organisation is None:
        raise Refused(_("Cette collectivité n’est plus inscrite."))
    practice = Practice(
        organisation=organisation, slug=slug_of(values["title"]), live=False, state=PracticeState.DRAFT, state_since=at,
        created_at=at, written_by=by, edited_at=at, edited_by=by, is_demonstration=organisation.is_demonstration,
    )  # fmt: skip
    _write(practice, values)
    return practice


def _change(plan: SheetPlan, archive: Archive | None, by: Any, at: datetime) -> None:
    """On a draft beside the public text when there is one: an import publishes nothing."""
    row = plan.imported
    assert row is not None
    sheet = row.sheet
    values = {one.key: one.value for one in plan.changes}
    if values:
        if isinstance(sheet, Resource):
            text = sheet.get_latest_revision_as_object()
            _write(text, values, save=not sheet.live)
            text.save_revision(user=by, clean=False, log_action=True)
        else:
            _write(sheet, values)
            Practice.objects.filter(pk=sheet.pk).update(edited_at=at, edited_by=by)
        for key, value in values.items():
            row.put[key] = written(value, at=at.isoformat(), before=Put.of(row.put[key])).as_json()
    row.imported_at = at
    row.save(update_fields=["put", "imported_at"])
    if isinstance(sheet, Resource):
        _bring(row, plan.file_changes, archive, by, at)
    record("library.sheet.import_changed", on=sheet, by=by, at=at, fields=len(values), files=len(plan.file_changes))


def _write(sheet: Resource | Practice, values: dict[str, Any], *, save: bool = True) -> None:
    for key, value in values.items():
        if key not in ARTICLES_AND_THEMES:
            put_plain(sheet, key, value)
    if save and sheet.pk is None:
        sheet.save()
    if "themes" in values:
        sheet.themes.set(Theme.objects.filter(slug__in=values["themes"]))
    if "articles" in values:
        sheet.articles.set(Article.objects.filter(pk__in=values["articles"]))
    if save:
        sheet.save()


def _bring(row: ImportedSheet, brought: list[FilePlan], archive: Archive | None, by: Any, at: datetime) -> None:
    """Add or put right the files of a resource that is not public."""
    resource = row.resource
    if not brought or resource is None:
        return
    if archive is None:
        raise Refused(_("L’archive des fichiers n’est plus là. Joignez le tableau et l’archive de nouveau."))
    known = row.put.setdefault(FILES, {})
    for one in brought:
        content = archive.content(one.name)
        if hashlib.sha256(content).hexdigest() != one.print:
            raise Refused(_("L’archive a changé depuis la lecture."))
        # Stored in nobody's name: the three hundred files a day of a person are for what they bring one by one.
        stored = store_upload(SimpleUploadedFile(one.name, content), by=None, at=at)
        if one.is_new:
            file = files.add(resource=resource, content=stored, label=one.label, by=by, at=at)
        else:
            file = ResourceFile.objects.get(public_id=known[one.name]["file"])
            files.add_version(file=file, content=stored, changes="", by=by, at=at)
        known[one.name] = {"print": one.print, "stored": stored.sha256, "file": file.public_id}
    row.save(update_fields=["put"])
