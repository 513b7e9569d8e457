from time import monotonic

from django.core.management.base import BaseCommand

from marelle.library.actions.search import read_everything
from marelle.library.models import SearchEntry
from marelle.library.registry import sources


class Command(BaseCommand):
    help = "Remet la recherche d’aplomb (check), ou la refait entièrement (rebuild). Peut être relancée sans risque."

    def add_arguments(self, parser):
        parser.add_argument(
            "what", choices=["check", "rebuild"], help="check répare ce qui diffère ; rebuild relit tout"
        )

    def handle(self, *, what, **options):
        started = monotonic()
        counts = read_everything(anew=what == "rebuild")
        for kind, source in sources.items():
            self.stdout.write(f"{SearchEntry.objects.filter(kind=kind).count():>7} {source.plural}")
        self.stdout.write(
            f"{counts.entries:>7} entrées lues : {counts.added} ajoutées, {counts.changed} corrigées, "
            f"{counts.removed} retirées, en {monotonic() - started:.1f} s"
        )
