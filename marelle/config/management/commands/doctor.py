"""`marelle doctor`: what is wrong with this installation, in words."""

import json
import sys
from dataclasses import asdict

from django.core.management import BaseCommand

from marelle.config.doctor import examine

MARKS = {"ok": "✓", "warn": "!", "bad": "✗"}


class Command(BaseCommand):
    help = "Dit en mots ce qui ne va pas dans cette installation. Code de sortie : 0 si rien de grave, 1 sinon."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="pour un programme")

    def handle(self, *args, **options):
        found = examine()
        if options["json"]:
            self.stdout.write(json.dumps([asdict(f) for f in found], ensure_ascii=False, indent=2))
        else:
            for finding in found:
                self.stdout.write(f"{MARKS[finding.level]} {finding.what}")
                if finding.advice:
                    self.stdout.write(f"    → {finding.advice}")
        bad = sum(f.level == "bad" for f in found)
        if not options["json"]:
            self.stdout.write("\nTout va bien." if not bad else f"\n{bad} point(s) à régler.")
        if bad:
            sys.exit(1)
