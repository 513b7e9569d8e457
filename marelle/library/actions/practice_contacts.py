"""Who answers about a practice: named by its authors, shown once they say yes, gone the moment somebody says no."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.library.actions.practices import locked
from marelle.library.emails import practices as emails
from marelle.library.models import Practice, PracticeContact
from marelle.library.rules import practices as rules
from marelle.notifications.actions import send_on_commit


@transaction.atomic
def name(*, practice: Practice, person: str, email: str, by: Any, at: datetime) -> PracticeContact:
    """Name who answers. Oneself is shown at once; somebody else is asked by mail, and shown when they say yes."""
    practice = locked(practice)
    require(rules.can_name_contact(by, practice))
    person, email = person.strip(), email.strip().lower()
    if not (person and email):
        raise Refused(_("Donnez un nom et une adresse électronique."))
    known = PracticeContact.objects.filter(practice=practice).first()
    if known and (known.name, known.email) == (person, email):
        return known
    is_oneself = email == by.email.lower()
    if known:
        known.delete()  # Another person, or another spelling: what was agreed to is not this.
    contact = PracticeContact.objects.create(
        practice=practice, name=person, email=email, asked_at=at, agreed_at=at if is_oneself else None
    )
    record("library.practice.contact_named", on=practice, by=by, at=at, is_oneself=is_oneself)
    if not is_oneself:
        send_on_commit(emails.contact_asked, to=email, at=at, contact=contact)
    return contact


@transaction.atomic
def agree(*, contact: PracticeContact, at: datetime) -> PracticeContact:
    """The person named says yes, by the link they were sent."""
    practice = locked(contact.practice)
    contact = PracticeContact.objects.get(pk=contact.pk)
    if contact.agreed_at is None:
        contact.agreed_at = at
        contact.save(update_fields=["agreed_at"])
        record("library.practice.contact_agreed", on=practice, by=None, at=at)
    return contact


@transaction.atomic
def withdraw(*, practice: Practice, by: Any, at: datetime, themselves: bool = False) -> None:
    """Take the name and the address away, everywhere, at once. `themselves`: by the signed link, without an account.
    Withdrawn twice is withdrawn."""
    practice = locked(practice)
    if not themselves:
        require(rules.can_withdraw_contact(by, practice))
    gone, _rows = PracticeContact.objects.filter(practice=practice).delete()
    if gone:
        record(
            "library.practice.contact_withdrawn", on=practice, by=None if themselves else by, at=at,
            themselves=themselves,
        )  # fmt: skip
