"""Envelopes: what a child answered, unreadable until it is opened together with the others of the group.

AES-GCM under a key made from the installation's secret, so that whoever reads the tables alone reads nothing while
order of arrival could still tell who answered what. Every envelope is as thick as a multiple of 256 bytes.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

THICKNESS = 256


class Tampered(Exception):
    """An envelope that none of our keys opens: changed by hand, or sealed by another installation."""


@lru_cache(maxsize=4)
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"marelle.ballots.envelope").derive(secret.encode()))


def seal(content: dict[str, Any], *, name: str) -> bytes:
    """`content` sealed for the envelope called `name`: it opens under no other name."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    plain += b" " * (-len(plain) % THICKNESS)
    nonce = os.urandom(12)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, plain, name.encode())


def unseal(sealed: bytes, *, name: str) -> dict[str, Any]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return json.loads(_cipher(secret).decrypt(sealed[:12], sealed[12:], name.encode()))
        except InvalidTag:
            continue
    raise Tampered(name)
