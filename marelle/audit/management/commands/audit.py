"""`marelle audit verify`: reads the whole log and says whether a row was changed or is missing."""

import json

from django.core.management.base import BaseCommand, CommandError

from marelle.audit.queries import verify


class Command(BaseCommand):
    help = (
        "Lit tout le journal et dit si une entrée a été modifiée ou manque. Code de sortie 0 s’il est entier, 1 sinon."
    )

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        verb = verbs.add_parser("verify", help="vérifier la chaîne du journal")
        verb.add_argument("--json", action="store_true", help="répondre en JSON")

    def handle(self, *, verb, **options):
        result = verify()
        if options["json"]:
            faults = [{"number": f.number, "what": f.what, "words": f.words} for f in result.faults]
            said = {"holds": result.holds, "entries": result.entries, "head": result.head, "faults": faults}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            for fault in result.faults:
                self.stdout.write(fault.words)
            if result.holds:
                self.stdout.write(f"Le journal est entier : {result.entries} entrées. Empreinte : {result.head}")
        if not result.holds:
            raise CommandError("Le journal n’est pas entier.", returncode=1)
