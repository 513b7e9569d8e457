"""The signed link of a person named in a practice: it says yes, and takes their name away, without an account."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

from marelle.library.models import PracticeContact

SALT = "marelle.library.contact"


def token_of(contact: PracticeContact) -> str:
    """Of this naming alone: naming somebody again makes another."""
    return Signer(salt=SALT, sep="~").sign(contact.public_id)


def contact_of(token: str) -> PracticeContact | None:
    """None when the name is gone already, or the link was made up."""
    try:
        public_id = Signer(salt=SALT, sep="~").unsign(token)
    except BadSignature:
        return None
    return PracticeContact.objects.filter(public_id=public_id).select_related("practice__organisation").first()


def is_ours(token: str) -> bool:
    """Whether we made this link, even if what it names is gone: withdrawing twice says the same thing."""
    try:
        Signer(salt=SALT, sep="~").unsign(token)
    except BadSignature:
        return False
    return True
