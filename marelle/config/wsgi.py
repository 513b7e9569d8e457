"""The WSGI door, for Granian."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marelle.config.settings")
application = get_wsgi_application()


def read_names_before_opening() -> None:
    """Each process reads the names of all territories before it serves: nobody's first search waits for it."""
    from django.db import DatabaseError, connection

    from marelle.territories.queries import search

    try:
        search("")
    except DatabaseError:  # No table yet: the pages will say so, and the first search will read them.
        pass
    finally:
        connection.close()


read_names_before_opening()
