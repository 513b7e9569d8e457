"""`marelle serve`: Granian in front of the WSGI door, blocking threads set explicitly (see docs/adr)."""

import os
import subprocess
import sys

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from marelle.config import ports


class Command(BaseCommand):
    help = "Sert Marelle. PORT, MARELLE_PROCESSES et MARELLE_THREADS sont lus dans l’environnement."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int)
        parser.add_argument("--processes", type=int, default=int(os.environ.get("MARELLE_PROCESSES", "2")))
        parser.add_argument("--threads", type=int, default=int(os.environ.get("MARELLE_THREADS", "2")))
        parser.add_argument(
            "--with-worker",
            action="store_true",
            help="démarre aussi le travail de fond (pratique pour essayer ; en production, un service à part)",
        )

    def handle(self, *args, host, port, processes, threads, with_worker, **options):
        port = port or ports.wanted()
        ports.refuse_a_taken_one(host, port)
        from marelle.demo.queries import holds_real_people

        if settings.DEMO and holds_real_people():
            raise CommandError(
                "MARELLE_DEMO=1 sur une installation réelle : les codes de connexion de chacun seraient affichés à tous. "
                "Retirez MARELLE_DEMO, ou choisissez un autre MARELLE_DATA."
            )
        from granian import Granian
        from granian.constants import Interfaces

        helpers = []
        if with_worker:
            helpers.append(subprocess.Popen([sys.executable, "-m", "marelle", "worker"]))
        server = Granian(
            "marelle.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=threads,
            backlog=2048,
            respawn_failed_workers=True,
            log_enabled=False,
        )
        try:
            server.serve()
        finally:
            for helper in helpers:
                helper.terminate()
                helper.wait(timeout=15)
