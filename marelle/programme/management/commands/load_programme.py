from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.programme.actions.configuration import load
from marelle.programme.definition.reading import Invalid, read_configuration

SHIPPED = Path(__file__).resolve().parents[2] / "configuration"


class Command(BaseCommand):
    help = "Takes in what the programme asks for a mandate (its routes, in YAML). Can be run again."

    def add_arguments(self, parser):
        parser.add_argument(
            "where",
            nargs="*",
            type=Path,
            help="a folder that holds mandat.yaml and its routes, or these files one by one "
            "(by default, every mandate that Marelle ships)",
        )
        parser.add_argument("--check", action="store_true", help="only says what is wrong; changes nothing")

    def handle(self, *, where, check, **options):
        found, problems = [], []
        for files, root in self.sets(where):
            try:
                found.append(read_configuration(files, relative_to=root))
            except Invalid as invalid:
                problems += invalid.problems
        if problems:
            raise CommandError(
                "\n".join([*map(str, problems), _("Rien n’a été chargé : %(count)d point(s) à corriger.")])
                % {"count": len(problems)}
            )
        for configuration in found:
            if check:
                self.stdout.write(
                    _("%(mandate)s : rien à corriger (%(routes)s).")
                    % {"mandate": configuration.mandate.name, "routes": ", ".join(r.name for r in configuration.routes)}
                )
            else:
                for loaded in load(
                    mandate=configuration.mandate, routes=configuration.routes, by=None, at=timezone.now()
                ):
                    self.tell(loaded)

    def sets(self, where):
        """Each set of files that makes one mandate, with the folder their names are shown from."""
        if not where:
            return [(sorted(folder.glob("*.y*ml")), SHIPPED) for folder in sorted(SHIPPED.iterdir()) if folder.is_dir()]
        sets, loose = [], []
        for place in where:
            if not place.exists():
                raise CommandError(_("« %(place)s » n’existe pas.") % {"place": place})
            if place.is_dir():
                sets.append((sorted(place.glob("*.y*ml")), place))
            else:
                loose.append(place)
        return [*sets, (loose, None)] if loose else sets

    def tell(self, loaded):
        if not loaded.is_new:
            self.stdout.write(_("%(version)s : rien n’a changé.") % {"version": loaded.version})
            return
        self.stdout.write(_("%(version)s : chargée.") % {"version": loaded.version})
        for change in loaded.changes:
            self.stdout.write(f"       {change.what_label} · {change.how_label} · {change.label}")
        if loaded.moved:
            self.stdout.write(
                ngettext(
                    "       %(count)d dossier en cours suit cette version.",
                    "       %(count)d dossiers en cours suivent cette version.",
                    loaded.moved,
                )
                % {"count": loaded.moved}
            )
