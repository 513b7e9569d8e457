from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from marelle.library.actions.editorial import publish_what_is_due


class Command(BaseCommand):
    """In the place of Wagtail's command of the same name, which asks no rule."""

    help = "Publishes what was scheduled for now or before, takes down what has expired. For a timer of a few minutes."

    def handle(self, **options):
        moved = publish_what_is_due(at=timezone.now())
        self.stdout.write(ngettext("%(count)d texte", "%(count)d textes", moved) % {"count": moved})
