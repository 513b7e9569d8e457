from django.core.management.base import BaseCommand
from django.utils import timezone

from marelle.library.actions.office import open_the_office


class Command(BaseCommand):
    help = "Gives the editorial team its rights and its review in the back office of the site. Can be run again."

    def handle(self, **options):
        open_the_office(at=timezone.now())
