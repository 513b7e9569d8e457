"""The WSGI door, for Granian."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marelle.config.settings")
application = get_wsgi_application()


def be_ready_before_opening() -> None:
    """Each process reads what it keeps in memory (names of territories, catalogue, index of the search) before it
    serves: nobody's first search waits for it."""
    from django.db import DatabaseError, connection

    from marelle.library.queries.catalogue import snapshot_of_now
    from marelle.library.queries.search.facts import facts
    from marelle.territories.queries import search

    try:
        search("")
        snapshot_of_now()
        facts()
    except DatabaseError:  # No table yet: the pages will say so, and the first search will read them.
        pass
    finally:
        connection.close()
    # What was just read stays as long as the process: the collector need not walk through it at each of its rounds.
    gc.collect()
    gc.freeze()


be_ready_before_opening()
