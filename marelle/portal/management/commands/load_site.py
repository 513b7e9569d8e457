from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.portal.actions.site import make


class Command(BaseCommand):
    help = "Met en place les pages du site public livrées avec Marelle. Ne touche à rien de ce qui a été écrit depuis."

    def handle(self, *args, **options):
        count = make(at=timezone.now())
        if not count:
            self.stdout.write(_("Site public\u202f: rien à mettre en place."))
            return
        said = ngettext("{n} page mise en place.", "{n} pages mises en place.", count)
        self.stdout.write(said.format(n=count))
