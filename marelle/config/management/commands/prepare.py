"""`marelle prepare`: from an empty folder to an installation that can serve; again after each upgrade."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command, get_commands


class Command(BaseCommand):
    help = "Crée ou met à jour la base, les fichiers statiques, la géographie, le programme et la Convention."

    def add_arguments(self, parser):
        parser.add_argument("--without-data", action="store_true", help="ni géographie, ni programme, ni Convention")

    def handle(self, *args, without_data, **options):
        self.step("Base de données", "migrate", verbosity=0, interactive=False)
        self.step("Cache partagé", "createcachetable", verbosity=0)
        self.build_static()
        self.step("Espace de rédaction", "open_office")
        if not without_data:
            self.step("Géographie officielle", "load_territories")
            self.step("Configuration du programme", "load_programme")
            self.step("Convention et thèmes", "load_library")
            self.step("Pages du site public", "load_site")

    def step(self, title, command, **options):
        self.stdout.write(f"• {title}")
        call_command(command, stdout=self.stdout, stderr=self.stderr, **options)

    def build_static(self):
        """Collected again only when a source changed, so that a second start takes seconds."""
        if "build_fonts" in get_commands():
            self.step("Polices de caractères", "build_fonts")
        if "build_pictos" in get_commands():
            self.step("Pictogrammes", "build_pictos")
        stamp = Path(settings.STATIC_ROOT) / ".sources"
        now = sources()
        if stamp.exists() and stamp.read_text() == now:
            return
        self.step("Fichiers statiques", "collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(now)


def sources() -> str:
    """A fingerprint of every static source: path, size, time."""
    said = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            said.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return said.hexdigest()
