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
    execute_from_command_line(["marelle", *arguments])
