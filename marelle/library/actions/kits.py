"""The archive of a large kit: prepared once for all who want it, for as long as the kit stays the same."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta

from django.core.files import File as DjangoFile
from django.db import transaction

from marelle.audit.actions import record
from marelle.documents.actions import forget, store_stream
from marelle.library.models import KitArchive, Resource
from marelle.library.queries.kits import Contents, contents_of, written

KEPT = timedelta(days=30)
"""An archive that nobody asked for since is made again when somebody does."""
STUCK_AFTER = timedelta(minutes=30)


@transaction.atomic
def ask(*, kit: Resource, contents: Contents, at: datetime) -> KitArchive:
    """Have it prepared, unless it is, or is being. Anyone may: a thousand who ask make one archive."""
    from marelle.library.tasks import prepare_kit

    archive, new = KitArchive.objects.select_for_update(of=("self",)).get_or_create(
        kit=kit, contents=contents.print, defaults={"asked_at": at}
    )
    if new or (archive.stored_id is None and archive.asked_at < at - STUCK_AFTER):
        archive.asked_at = at
        archive.save(update_fields=["asked_at"])
        transaction.on_commit(lambda: prepare_kit.enqueue(archive.pk))
    return archive


def prepare(*, archive: KitArchive, at: datetime) -> KitArchive:
    """Put it together, and keep it. The kit changed meanwhile: the archive nobody can ask for any more goes."""
    contents = contents_of(archive.kit)
    if archive.stored_id or contents.print != archive.contents:
        if not archive.stored_id:
            KitArchive.objects.filter(pk=archive.pk, stored=None).delete()
        return archive
    with tempfile.TemporaryFile(prefix="marelle-kit-") as whole:
        for piece in written(contents, at=at):
            whole.write(piece)
        whole.seek(0)
        with transaction.atomic():
            archive.stored = store_stream(DjangoFile(whole), name=contents.name, mime="application/zip", by=None, at=at)
            archive.made_at = at
            archive.save(update_fields=["stored", "made_at"])
            record("library.kit.prepared", on=archive.kit, by=None, at=at, count=len(contents.entries))
    return archive


def drop_old_archives(*, at: datetime) -> int:
    """Those of what a kit no longer holds, and those a month old. Gives how many went."""
    gone = 0
    for archive in KitArchive.objects.select_related("kit", "stored"):
        if archive.asked_at < at - KEPT or contents_of(archive.kit).print != archive.contents:
            _drop(archive)
            gone += 1
    return gone


@transaction.atomic
def _drop(archive: KitArchive) -> None:
    stored = archive.stored
    archive.delete()
    if stored:
        forget(file=stored)
