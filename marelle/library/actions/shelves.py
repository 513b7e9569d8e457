"""Reading lists, and what those who used a resource say.

A list is nobody's decision: the log does not tell of it (a teacher's morning is not the programme's). What is said of a
resource is told, without its words: the public page shows how many said it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.library.models import ListItem, ReadingList, Resource, Use
from marelle.library.queries.shelves import held_by, position_after
from marelle.library.rules import shelves as rules
from marelle.library.rules.shelves import Holder

LIST_KEPT, COMMENT_KEPT = timedelta(days=2 * 365), timedelta(days=3 * 365)


@transaction.atomic
def begin(*, title: str, note: str = "", by: Holder, at: datetime) -> tuple[ReadingList, str]:
    """A new list, and the key that changes it (empty when an account owns it: the account is the key)."""
    require(rules.can_begin(held_by(by.person, dict(by.keys)).count()))
    key = "" if by.person else secrets.token_urlsafe(12)
    made = ReadingList.objects.create(
        title=title,
        note=note,
        owner=by.person,
        key_hash=rules.digest(key) if key else "",
        changed_on=timezone.localdate(at),
    )
    return made, key


def _changing(reading_list: ReadingList, by: Holder, at: datetime) -> ReadingList:
    """The row, locked, for who may change it; its two years begin again."""
    locked = ReadingList.objects.select_for_update(of=("self",)).get(pk=reading_list.pk)
    require(rules.can_change(by, locked))
    locked.changed_on = timezone.localdate(at)
    locked.save(update_fields=["changed_on"])
    return locked


@transaction.atomic
def add(*, reading_list: ReadingList, resource: Resource, by: Holder, at: datetime) -> bool:
    """False: it was there already, and stays where it is."""
    locked = _changing(reading_list, by, at)
    if locked.items.filter(resource=resource).exists():
        return False
    require(rules.can_add(locked.items.count()))
    ListItem.objects.create(reading_list=locked, resource=resource, position=position_after(locked))
    return True


@transaction.atomic
def reword(
    *, reading_list: ReadingList, title: str, note: str, notes: dict[int, str], by: Holder, at: datetime
) -> ReadingList:
    """Its title, its presentation, and the notes beside its resources (by number of item)."""
    locked = _changing(reading_list, by, at)
    locked.title, locked.note = title, note
    locked.save(update_fields=["title", "note"])
    for item in locked.items.filter(pk__in=notes):
        item.note = notes[item.pk]
        item.save(update_fields=["note"])
    return locked


@transaction.atomic
def move(*, reading_list: ReadingList, item: int, up: bool, by: Holder, at: datetime) -> None:
    """One place up or down; at the end of the list, nothing."""
    items = list(_changing(reading_list, by, at).items.select_for_update(of=("self",)))
    place = next((n for n, one in enumerate(items) if one.pk == item), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(items):
        return
    items[place], items[other] = items[other], items[place]
    for position, one in enumerate(items):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])


@transaction.atomic
def remove(*, reading_list: ReadingList, item: int, by: Holder, at: datetime) -> Resource | None:
    """Gives what was taken out, for « annuler » (`add` puts it back, at the end)."""
    found = _changing(reading_list, by, at).items.select_related("resource").filter(pk=item).first()
    if found is None:
        return None
    found.delete()
    return found.resource


@transaction.atomic
def copy(*, reading_list: ReadingList, by: Holder, at: datetime) -> tuple[ReadingList, str]:
    """A list of one's own with the same resources: whoever reads a list may take it home."""
    title = _("%(title)s (copie)") % {"title": reading_list.title[:70]}
    made, key = begin(title=title, note=reading_list.note, by=by, at=at)
    items = reading_list.items.filter(resource__live=True)
    ListItem.objects.bulk_create(
        ListItem(reading_list=made, resource_id=one.resource_id, position=n, note=one.note)
        for n, one in enumerate(items)
    )
    return made, key


@transaction.atomic
def drop(*, reading_list: ReadingList, by: Holder, at: datetime) -> None:
    _changing(reading_list, by, at).delete()


@transaction.atomic
def adopt(*, by: Holder, at: datetime) -> int:
    """The lists of this device become those of the account that is signed in on it: their keys open nothing more."""
    if by.person is None:
        raise Refused(_("Connectez-vous d’abord."))
    adopted = 0
    for one in ReadingList.objects.select_for_update(of=("self",)).filter(public_id__in=list(by.keys)).order_by("pk"):
        if rules.opens(one, by.keys[one.public_id]):
            one.owner, one.key_hash = by.person, ""
            one.save(update_fields=["owner", "key_hash"])
            adopted += 1
    return adopted


@transaction.atomic
def say_used(
    *, resource: Resource, pleased: int, setting: str = "", children: str = "", comment: str = "", at: datetime
) -> Use:
    """An adult used it. Counted at once; the comment is for the editorial team alone."""
    use = Use.objects.create(
        resource=resource,
        pleased=pleased,
        setting=setting,
        children=children,
        comment=comment.strip(),
        said_on=timezone.localdate(at),
    )
    record("library.resource.used", on=resource, by=None, at=at, pleased=int(pleased))
    return use


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Lists that nobody changed for two years; words of three years ago (the counts stay). How many rows it touched."""
    today: Any = timezone.localdate(at)
    gone = ReadingList.objects.filter(changed_on__lt=today - LIST_KEPT).delete()[1].get("library.ReadingList", 0)
    silent = Use.objects.filter(said_on__lt=today - COMMENT_KEPT).exclude(comment="").update(comment="")
    if gone or silent:
        record("library.shelves.forgotten", on=ReadingList, by=None, at=at, lists=gone, comments=silent)
    return gone + silent
