"""What is wrong with an installation, in words. Each check answers with findings; none changes anything."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.core import checks
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.translation import gettext as _

Level = Literal["ok", "warn", "bad"]


@dataclass(frozen=True)
class Finding:
    """One thing found: how grave, what it is, what to do about it (empty when all is well)."""

    level: Level
    what: str
    advice: str = ""


def data_folder() -> Iterator[Finding]:
    data = Path(settings.DATA)
    if not os.access(data, os.W_OK):
        yield Finding(
            "bad",
            _("Le dossier des données n’est pas accessible en écriture."),
            _("Vérifiez MARELLE_DATA et ses droits."),
        )
        return
    free = shutil.disk_usage(data).free / 1024**3
    if free < 1:
        yield Finding("bad", _("Il reste %.1f Go sur le disque des données.") % free, _("Libérez de la place."))
    else:
        yield Finding("ok", _("Dossier des données accessible, %.0f Go libres.") % free)
    secret = data / "secret"
    if secret.exists() and stat.S_IMODE(secret.stat().st_mode) & 0o077:
        yield Finding(
            "bad",
            _("Le secret de l’installation est lisible par d’autres utilisateurs."),
            _("chmod 600 sur le fichier « secret »."),
        )


def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(
            "bad",
            _("La base de données ne répond pas : %s") % error,
            _("Vérifiez DATABASE_URL, et que le serveur tourne."),
        )
        return
    yield Finding("ok", _("Base de données : %s.") % connection.vendor)
    if connection.vendor == "postgresql" and connection.pg_version < 150000:
        yield Finding("bad", _("PostgreSQL est trop ancien."), _("Marelle demande PostgreSQL 15 ou plus."))
    executor = MigrationExecutor(connection)
    late = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if late:
        yield Finding("bad", _("%d migration(s) à appliquer.") % len(late), _("Lancez : marelle prepare"))
        return
    yield Finding("ok", _("Structure de la base à jour."))
    yield from contents()


def contents() -> Iterator[Finding]:
    from marelle.programme.models import RouteVersion
    from marelle.territories.models import Territory

    if Territory.objects.exists():
        yield Finding("ok", _("%d territoires chargés.") % Territory.objects.count())
    else:
        yield Finding("bad", _("Aucun territoire n’est chargé."), _("Lancez : marelle load-territories"))
    if RouteVersion.objects.exists():
        yield Finding("ok", _("La configuration du programme est chargée."))
    else:
        yield Finding("bad", _("Aucune configuration de programme."), _("Lancez : marelle load-programme"))
    try:
        cache.set("doctor", "here", 10)
        if cache.get("doctor") != "here":
            raise DatabaseError("the cache forgets")
    except DatabaseError:
        yield Finding(
            "bad",
            _("Le cache partagé manque : les limites de connexion ne comptent pas."),
            _("Lancez : marelle prepare"),
        )


def people() -> Iterator[Finding]:
    from marelle.accounts.enums import Role
    from marelle.accounts.models import Membership, User

    try:
        if settings.DEMO:
            return
        if User.objects.filter(is_fictitious=True, is_active=True).exists():
            yield Finding(
                "bad",
                _("Des personnes fictives de la démonstration sont dans cette installation."),
                _("Une installation réelle commence sur une base vide : changez MARELLE_DATA ou DATABASE_URL."),
            )
        if Membership.objects.on(timezone.localdate()).filter(role=Role.MANAGER, user__is_active=True).exists():
            yield Finding("ok", _("L’équipe nationale a une personne responsable."))
        else:
            yield Finding(
                "bad",
                _("L’équipe nationale n’a personne : les demandes n’arrivent à personne."),
                _("Lancez : marelle first-manager adresse@exemple.fr « Prénom Nom »"),
            )
    except DatabaseError:
        return  # Said by `database`.


def uploads() -> Iterator[Finding]:
    """A small file is written, read again and removed, as an upload would be."""
    content = secrets.token_hex(8)
    try:
        name = default_storage.save(f"doctor/{content}", ContentFile(content.encode()))
        with default_storage.open(name) as file:
            same = file.read().decode() == content
        default_storage.delete(name)
    except OSError as error:
        yield Finding(
            "bad",
            _("Un fichier envoyé ne pourrait pas être gardé : %s.") % (error.strerror or error),
            _("Vérifiez les droits sur le dossier « uploads » de MARELLE_DATA."),
        )
        return
    if same:
        yield Finding("ok", _("Les fichiers envoyés peuvent être gardés."))
    else:
        yield Finding("bad", _("Un fichier relu n’est pas celui qui a été écrit."), _("Vérifiez le disque."))


def static_files() -> Iterator[Finding]:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield Finding("ok", _("Fichiers statiques construits."))
    else:
        yield Finding("bad", _("Les fichiers statiques ne sont pas construits."), _("Lancez : marelle prepare"))


def worker() -> Iterator[Finding]:
    from django_tasks_db.models import DBTaskResult

    try:
        oldest = DBTaskResult.objects.ready().order_by("enqueued_at").first()
    except DatabaseError:
        return
    if oldest and timezone.now() - oldest.enqueued_at > timedelta(minutes=10):
        yield Finding(
            "bad", _("Du travail attend depuis %s.") % timezone.localtime(oldest.enqueued_at).strftime("%d/%m/%Y %H:%M"),
            _("Le travail de fond ne tourne pas : lancez « marelle worker » comme un service."),
        )  # fmt: skip
    else:
        yield Finding("ok", _("Aucun travail de fond en retard."))


def timers() -> Iterator[Finding]:
    """A mail that should have left hours ago means that nobody runs the timers."""
    from marelle.notifications.models import Mail, State

    try:
        late = Mail.objects.filter(
            state=State.WAITING, in_digest=False, due_at__lt=timezone.now() - timedelta(hours=3)
        ).count()
    except DatabaseError:
        return
    if late:
        yield Finding(
            "bad",
            _("%d courriel(s) auraient dû partir depuis plus de trois heures.") % late,
            _("Vérifiez que « marelle worker » tourne et que « marelle hourly » est lancé chaque heure."),
        )


def mail() -> Iterator[Finding]:
    if settings.DEMO:
        yield Finding("ok", _("Démonstration : les courriels restent sur la page « Les courriels »."))
        return
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Finding(
            "bad",
            _("Les courriels ne partent pas : aucun serveur SMTP."),
            _("Réglez MARELLE_EMAIL_URL, par exemple smtp+tls://utilisateur:secret@serveur:587"),
        )
        return
    try:
        with get_connection():
            pass
        yield Finding("ok", _("Le serveur de courriel répond."))
    except OSError as error:
        yield Finding("bad", _("Le serveur de courriel ne répond pas : %s") % error, _("Vérifiez MARELLE_EMAIL_URL."))
    if ".example" in settings.DEFAULT_FROM_EMAIL:
        yield Finding("bad", _("L’expéditeur des courriels est une adresse d’exemple."), _("Réglez MARELLE_FROM."))
    if not settings.REPLY_DOMAIN:
        yield Finding(
            "warn",
            _("On ne peut pas répondre par courriel."),
            _("Réglez MARELLE_REPLY_DOMAIN et branchez « marelle receive-mail » (docs/how-to/receive-mail.md)."),
        )


def security() -> Iterator[Finding]:
    if settings.DEMO:
        yield Finding(
            "warn",
            _("Mode démonstration : chacun peut se connecter d’un clic."),
            _("Retirez MARELLE_DEMO sur une installation réelle."),
        )
        return
    if settings.DEBUG:
        yield Finding("bad", _("Le mode de mise au point est actif."), _("Retirez MARELLE_DEBUG."))
    if settings.SITE_URL.startswith("http://") and "127.0.0.1" not in settings.SITE_URL:
        yield Finding(
            "bad",
            _("L’adresse publique n’est pas chiffrée : %s.") % settings.SITE_URL,
            _("Réglez MARELLE_URL avec https://, derrière un serveur qui porte le certificat."),
        )
    host = settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    if (
        "127.0.0.1" not in settings.SITE_URL
        and host not in settings.ALLOWED_HOSTS
        and "*" not in settings.ALLOWED_HOSTS
    ):
        yield Finding(
            "bad", _("Marelle ne répondrait pas à son propre nom : %s.") % host, _("Ajoutez-le à MARELLE_HOSTS.")
        )
    if "127.0.0.1" in settings.SITE_URL:
        yield Finding("bad", _("L’adresse publique n’est pas réglée."), _("Réglez MARELLE_URL et MARELLE_HOSTS."))
    for issue in checks.run_checks(include_deployment_checks=True):
        if issue.level >= checks.WARNING:
            yield Finding("bad" if issue.level >= checks.ERROR else "warn", f"{issue.id} {issue.msg}", issue.hint or "")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    data_folder, uploads, database, people, static_files, worker, timers, mail, security,
)  # fmt: skip


def examine() -> list[Finding]:
    """Every finding of every check. A check that breaks is itself a finding."""
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found.extend(check())
        except Exception as error:
            found.append(
                Finding(
                    "bad",
                    _("Le contrôle « %(name)s » n’a pas pu se faire : %(error)s")
                    % {"name": check.__name__, "error": error},
                )
            )
    return found
