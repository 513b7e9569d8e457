"""`marelle start`: prepare, load the demonstration year once, say how to sign in, serve. What `make run` calls."""

import os
import time

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from marelle.config import ports


class Command(BaseCommand):
    help = "Prépare l’installation, charge l’année de démonstration la première fois, puis sert Marelle."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                "`marelle start` sert à essayer : MARELLE_DEMO=1 est nécessaire. Sinon : `marelle serve`."
            )
        port = ports.wanted()
        ports.refuse_a_taken_one(os.environ.get("HOST", "127.0.0.1"), port)
        begun = time.monotonic()
        call_command("prepare", stdout=self.stdout)
        from django.contrib.auth import get_user_model

        if not get_user_model().objects.filter(is_fictitious=True).exists():
            self.stdout.write("• Année de démonstration")
            call_command("demo", stdout=self.stdout)
        self.stdout.write(f"\nPrêt en {time.monotonic() - begun:.0f} s.\n")
        self.say_how_to_sign_in(port)
        call_command("serve", port=port, with_worker=True)

    def say_how_to_sign_in(self, port):
        from marelle.demo.queries import cast

        address = f"http://127.0.0.1:{port}"
        self.stdout.write(f"  Marelle           {address}/")
        self.stdout.write(f"  Se connecter      {address}/demonstration/  (un bouton par personne)")
        self.stdout.write(f"  Les courriels     {address}/courriels/")
        self.stdout.write(f"  Les composants    {address}/ui/\n")
        self.stdout.write("  Ou avec une adresse, le code arrive dans Les courriels :")
        for side in cast():
            for one in side.characters:
                where = f", {one.organisation}" if one.organisation else ""
                self.stdout.write(f"    {one.user.email:<46} {one.role}{where}")
        self.stdout.write(
            "\n  Ctrl+C pour arrêter. Les données restent ; un second démarrage prend quelques secondes.\n"
        )
        self.stdout.flush()
