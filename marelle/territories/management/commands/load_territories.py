from pathlib import Path
from time import monotonic

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.territories.actions import load
from marelle.territories.definition import SHIPPED, BadList, source

SHOWN = 12
"""Lines of each kind of change shown; a yearly list changes some hundreds."""


class Command(BaseCommand):
    help = "Takes in the official list of communes, EPCI, EPT, départements and régions. Can be run again."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=SHIPPED,
            help="folder that holds territories.json or territories.json.xz (by default, the list that Marelle ships)",
        )

    def handle(self, *, folder, **options):
        started = monotonic()
        try:
            changes = load(source=source(folder), by=None, at=timezone.now(), progress=self.say)
        except BadList as error:
            raise CommandError(str(error)) from error
        if changes is None:
            self.say(_("Rien n’a changé : cette liste est déjà chargée."))
            return
        labels = {
            "added": _("ajoutés"),
            "renamed": _("renommés"),
            "merged": _("fusionnés"),
            "ended": _("disparus sans successeur"),
            "reborn": _("rétablis"),
            "moved": _("passés à une autre intercommunalité"),
            "updated": _("mis à jour"),
        }
        for name, label in labels.items():
            lines = getattr(changes, name)
            if lines:
                self.say(f"{len(lines):>6} {label}")
            if name not in {"added", "updated"} or len(lines) <= SHOWN:
                for line in lines[:SHOWN]:
                    self.say(f"       {line}")
                if len(lines) > SHOWN:
                    self.say(_("       et %(count)d autres") % {"count": len(lines) - SHOWN})
        self.say(_("Terminé en %(seconds).1f s.") % {"seconds": monotonic() - started})

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()
