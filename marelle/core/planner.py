"""What the database's planner believes of its tables."""

from django.db import connection
from django.db.models import Model


def count_anew(*models: type[Model]) -> None:
    """Have PostgreSQL count tables that were just filled.

    It may have counted them as empty a moment before, and then joins 36 000 territories row by row: minutes instead
    of milliseconds, until its own round (autovacuum) comes by. SQLite plans without counting.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
