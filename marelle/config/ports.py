"""The port Marelle answers on: asked for in the environment, refused in words when it cannot be."""

from __future__ import annotations

import os
import socket

from django.core.management import CommandError


def wanted() -> int:
    """PORT, or 8000."""
    said = os.environ.get("PORT") or "8000"
    if not said.isdecimal() or not 0 < int(said) < 65536:
        raise CommandError(f"PORT={said} n’est pas un port : il faut un nombre de 1 à 65535.")
    return int(said)


def refuse_a_taken_one(host: str, port: int) -> None:
    """Tried before anything is prepared or started: who made a mistake learns it at once."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except PermissionError:
            raise CommandError(f"Le port {port} est réservé à l’administrateur. Choisissez 1024 ou plus.") from None
        except OSError as error:
            raise CommandError(
                f"Le port {port} est déjà pris ({error.strerror}). Choisissez-en un autre : PORT=8001 make run"
            ) from None
