"""`marelle ballots verify`: counts every ballot again and says whether all sums hold. `marelle ballots open`: opens
the envelopes that wait, as the timer does every hour."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marelle.ballots.actions import opening
from marelle.ballots.models import Box
from marelle.ballots.queries.verifying import verify


class Command(BaseCommand):
    help = "Recompte tous les bulletins et vérifie que tout s’additionne. Code de sortie 0 si oui, 1 sinon."

    def add_arguments(self, parser):
        verbs = parser.add_subparsers(dest="verb", required=True)
        check = verbs.add_parser("verify", help="recompter et comparer")
        check.add_argument("--json", action="store_true", help="répondre en JSON")
        check.add_argument("--box", default="", help="une seule urne, par son identifiant public")
        verbs.add_parser("open", help="ouvrir les enveloppes qui attendent")

    def handle(self, *, verb, **options):
        if verb == "open":
            self.stdout.write(f"{opening.open_all(at=timezone.now())} bulletins dépouillés.")
            return
        box = None
        if options["box"]:
            box = Box.objects.filter(public_id=options["box"]).first()
            if box is None:
                raise CommandError(f"Aucune urne {options['box']}.", returncode=2)
        found = verify(box)
        holds = all(sums.holds for sums in found)
        if options["json"]:
            self.stdout.write(
                json.dumps({"holds": holds, "boxes": [asdict(sums) for sums in found]}, ensure_ascii=False)
            )
        else:
            for sums in found:
                self.stdout.write(
                    f"{'✓' if sums.holds else '✗'} {sums.box} ({sums.purpose}) : {sums.ballots} bulletins comptés = "
                    f"{sums.used_slots} places utilisées + {sums.link_sendings} par lien + {sums.sheets} feuilles"
                    f" − {sums.waiting} enveloppes fermées"
                )
                for finding in sums.findings:
                    self.stdout.write(f"    {finding.what} : attendu {finding.expected}, trouvé {finding.found}")
        if not holds:
            raise CommandError("Les comptes ne tombent pas juste.", returncode=1)
