"""What `hourly` and `daily` have in common: run the chores, say each one, exit 1 when one failed."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marelle.jobs.chores import Outcome


class Timer(BaseCommand):
    run_chores: Callable[..., list[Outcome]]

    def handle(self, *args, **options):
        outcomes = type(self).run_chores(at=timezone.now())
        for outcome in outcomes:
            said = f"échec : {outcome.error}" if outcome.error else str(outcome.done)
            self.stdout.write(f"{outcome.name} : {said}")
        failed = [outcome.name for outcome in outcomes if outcome.error]
        if failed:
            raise CommandError(f"{len(failed)} tâche(s) en échec : {', '.join(failed)}", returncode=1)
