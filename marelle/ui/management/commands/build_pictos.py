"""`marelle build_pictos`: the pictograms for the web, once. Before `collectstatic`."""

from django.conf import settings
from django.core.management.base import BaseCommand

from marelle.ui import pictograms


class Command(BaseCommand):
    help = "Prépare les pictogrammes pour le web (une seconde, une seule fois)."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="les refaire même s’ils sont à jour")

    def handle(self, *, force, **options):
        if pictograms.are_built(settings.BUILT) and not force:
            self.stdout.write("Les pictogrammes sont à jour.")
            return
        made = [path.stat().st_size for path in pictograms.build(settings.BUILT)]
        self.stdout.write(f"{len(made)} fichiers : {sum(made) / 1000:.0f} ko")
