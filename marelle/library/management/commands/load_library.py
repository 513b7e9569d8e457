from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.library.actions.reference import load


class Command(BaseCommand):
    help = "Takes in the articles of the Convention and the themes of the library. Can be run again."

    def handle(self, **options):
        loaded = load(by=None, at=timezone.now())
        if loaded.changed:
            self.stdout.write(
                _("%(articles)d articles de la Convention et %(themes)d thèmes.")
                % {"articles": loaded.articles, "themes": loaded.themes}
            )
        else:
            self.stdout.write(_("Rien n’a changé."))
