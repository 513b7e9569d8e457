"""The `marelle` command: Django's own commands and ours, under one name.

Dashes and underscores are the same (`marelle load-territories`), as people type them.
"""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marelle.config.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except (ImproperlyConfigured, ValueError, OSError) as error:
        # Whoever installs reads a sentence, not our stack. `marelle doctor` cannot even start here.
        sys.exit(
            f"✗ Marelle ne peut pas démarrer avec ces réglages : {error}\n"
            "    → Chaque variable MARELLE_… est expliquée dans .env.example."
        )
    arguments = sys.argv[1:]
    if arguments and not arguments[0].startswith("-"):
        arguments[0] = arguments[0].replace("-", "_")
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(["marelle", *arguments])
    except (OperationalError, ProgrammingError) as error:
        if _database_is_ready():
            raise
        sys.exit(
            f"✗ La base de données n’est pas prête : {error}\n    → Lancez « marelle prepare », puis « marelle doctor »."
        )


def _database_is_ready() -> bool:
    from django.db import DatabaseError

    from marelle.config.doctor import database

    try:
        return all(finding.level == "ok" for finding in database())
    except DatabaseError:
        return False
