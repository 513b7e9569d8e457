"""`marelle build_fonts`: cut the typefaces for the web, once. Before `collectstatic`."""

from django.conf import settings
from django.core.management.base import BaseCommand

from marelle.ui import fonts


class Command(BaseCommand):
    help = "Découpe les deux polices de caractères pour le web (quelques secondes, une seule fois)."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="les refaire même si elles sont à jour")

    def handle(self, *, force, **options):
        if fonts.are_built(settings.BUILT) and not force:
            self.stdout.write("Les polices sont à jour.")
            return
        for made in fonts.build(settings.BUILT):
            self.stdout.write(f"{made.name} : {made.stat().st_size / 1000:.0f} ko")
