"""Addresses to answer a file's messages by mail: `reponse+<file>.<person>.<seal>@domain`.

Signed, and made for one person: whoever guesses or alters one finds no file behind it. Letters are lower case and
the local part stays under the 64 characters that mail allows.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from marelle.accounts.models import User
from marelle.programme.models import Candidacy

SALT = "marelle.programme.replies"
PREFIX = "reponse+"


def reply_address(candidacy: Candidacy, person: Any) -> str:
    """Where this person may answer by mail; empty when the installation receives none."""
    if not settings.REPLY_DOMAIN:
        return ""
    said = f"{candidacy.public_id}.{person.public_id}"
    return f"{PREFIX}{said}.{_seal(said, settings.SECRET_KEY)}@{settings.REPLY_DOMAIN}"


def behind(address: str) -> tuple[Candidacy, User] | None:
    """The file and the person an address was made for; None for any other address."""
    shape = rf"{re.escape(PREFIX)}([a-z0-9]{{12}}\.[a-z0-9]{{12}})\.([a-z2-7]{{20}})@{re.escape(settings.REPLY_DOMAIN)}"
    match = re.fullmatch(shape, address.strip().lower()) if settings.REPLY_DOMAIN else None
    if not match:
        return None
    said, seal = match.groups()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(seal, _seal(said, key)) for key in keys):
        return None
    file_id, person_id = said.split(".")
    candidacy = Candidacy.objects.filter(public_id=file_id).first()
    person = User.objects.filter(public_id=person_id, is_active=True).first()
    return (candidacy, person) if candidacy and person else None


def _seal(said: str, key: str) -> str:
    digest = salted_hmac(SALT, said, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest).decode().lower()[:20]
