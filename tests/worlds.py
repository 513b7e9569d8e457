"""A world that is slow to make, shared by the tests of one module and gone after it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def world(blocker) -> Iterator[Callable[[], None]]:
    """What the fixture makes in here, then what each test does on top (and undoes), then nothing:

        with world(django_db_blocker) as settled:
            load(…)
            settled()
            yield

    `settled()` has PostgreSQL check the foreign keys of what was made, once; it would do so again after each test.
    """
    with blocker.unblock(), transaction.atomic():
        yield connection.check_constraints
        transaction.set_rollback(True)
