"""Django's own `migrate`, other packages first.

Each change that a migration makes to a model draws again, in memory, every model that leads to it; nearly all of ours
lead to people. Wagtail alone brings a hundred and fifty such changes: made before our tables are known, an empty
database is ready in half the time (26 s instead of 52 s on two cores). What depends on what is still respected.
"""

from django.apps import apps
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor


class OthersFirst(MigrationExecutor):
    def migration_plan(self, targets, clean_start=False):
        return super().migration_plan(sorted(targets, key=lambda leaf: _is_ours(leaf[0])), clean_start)


class Command(migrate.Command):
    def handle(self, *args, **options):
        migrate.MigrationExecutor = OthersFirst  # the one name by which Django's command makes it
        super().handle(*args, **options)


def _is_ours(label: str) -> bool:
    return apps.is_installed(f"marelle.{label}")
