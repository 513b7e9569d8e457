"""`marelle demo --seed N`: a believable programme year, deterministic from its seed."""

import time

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from marelle.core.rules import Refused
from marelle.demo import queries
from marelle.demo.actions import quiet, shelving, telling, year


class Command(BaseCommand):
    help = "Fabrique l’année de démonstration : vrais territoires, personnes inventées, statuts marqués comme tels."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=2026, help="la même graine, le même jour, donne la même année")

    def handle(self, *args, seed, **options):
        begun = time.monotonic()
        if settings.DEMO and not queries.is_ready_for_a_year():
            call_command("prepare", stdout=self.stdout)
        try:
            year.make(seed=seed, at=timezone.now(), say=self.say)
            for part in (shelving, telling):
                part.make(seed=seed, at=timezone.now(), say=self.say)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        quiet.forget_tasks()
        self.stdout.write(f"\r  Année de démonstration prête en {time.monotonic() - begun:.0f} s.            ")

    def say(self, line):
        if self.stdout.isatty():
            self.stdout.write(f"\r  {line}…            ", ending="")
            self.stdout.flush()
        elif "/" not in line or line.split("/")[0].endswith("0"):
            self.stdout.write(f"  {line}…")
