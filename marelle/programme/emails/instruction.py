"""Mails of the instruction: assignment, review, messages, corrections, opinions. Built when they are sent.

Each is a few sentences and one link, said once: the same words make its text and its HTML. Nothing here ever
reads an internal note, and whoever may no longer see the file is no longer told of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.notifications.messages import Email
from marelle.programme.emails.links import link
from marelle.programme.enums import Side
from marelle.programme.models import Candidacy, ConflictOfInterest, Correction, Message, Opinion
from marelle.programme.queries.hats import hats
from marelle.programme.queries.incoming import REASONS
from marelle.programme.queries.places import place_of
from marelle.programme.queries.replies import reply_address

NO_AUTOMATIC_ANSWER = {"X-Auto-Response-Suppress": "All", "X-Marelle": "programme"}
"""Out-of-office machines are asked to stay silent; our own mark stops a mail from coming round."""


@dataclass(frozen=True)
class Line:
    """One thing of a list, with its door."""

    label: str
    url: str = ""
    text: str = ""


def _mail(
    subject: str, *paragraphs: str, button: str, url: str, quote: str = "", lines: list[Line] | None = None, **more: Any
) -> Email:
    context = {
        "subject": subject, "paragraphs": [p for p in paragraphs if p], "quote": quote, "lines": lines or [],
        "button": button, "url": url,
    }  # fmt: skip
    return Email.from_templates("programme/emails/instruction", context, **more)


def _to(name: str, *args: str) -> str:
    return link(f"programme:{name}", *args)


def _day(value: Any) -> str:
    return date_format(value, "j F Y")


def _named(ids: list[str], to: Any) -> list[Line]:
    """The files of a list that the reader may still see, with their doors."""
    rows = Candidacy.objects.visible_to(to).filter(public_id__in=ids).select_related("territory", "route")
    return [
        Line(str(one.territory), _to("review", one.public_id), one.get_status_display())
        for one in rows.order_by("territory__name")
    ]


def _count(lines: list[Line]) -> str:
    return ngettext("%(count)d dossier", "%(count)d dossiers", len(lines)) % {"count": len(lines)}


# --- Assignment ----------------------------------------------------------------------------------------------


def files_assigned(*, to: Any, candidacies: list[str]) -> Email | None:
    lines = _named(candidacies, to)
    if not lines:
        return None
    return _mail(
        _("%(files)s à suivre") % {"files": _count(lines)},
        _("L’équipe du programme vous confie :"),
        lines=lines, button=_("Voir le premier"), url=lines[0].url,
    )  # fmt: skip


def adviser_named(*, to: Any, candidacy: Candidacy) -> Email | None:
    if candidacy.adviser is None or not hats(to, candidacy).is_collectivite:
        return None
    return _mail(
        _("%(adviser)s suit la candidature de %(territory)s")
        % {"adviser": candidacy.adviser, "territory": candidacy.territory},
        _("%(adviser)s, de l’équipe du programme, est désormais la personne à qui poser vos questions.")
        % {"adviser": candidacy.adviser},
        button=_("Lui écrire"), url=_to("messages", candidacy.public_id),
    )  # fmt: skip


def files_taken_over(*, to: Any, candidacies: list[str], absent: Any, taker: Any) -> Email | None:
    lines = _named(candidacies, to)
    if not lines:
        return None
    said = {"files": _count(lines), "absent": absent, "taker": taker}
    if to == taker:
        subject, text = _("%(files)s de %(absent)s à reprendre"), _("Vous reprenez les dossiers de %(absent)s :")
    else:
        subject, text = _("%(taker)s reprend %(files)s"), _("%(taker)s reprend vos dossiers :")
    return _mail(
        subject % said, text % said, lines=lines, button=_("Voir les reprises"), url=_to("takeover"),
    )  # fmt: skip


def files_taken_back(*, to: Any, candidacies: list[str], absent: Any, taker: Any) -> Email | None:
    lines = _named(candidacies, to)
    if not lines:
        return None
    said = {"files": _count(lines), "absent": absent}
    return _mail(
        _("%(files)s rendus à %(absent)s") % said,
        _("La reprise est défaite. %(absent)s suit de nouveau :") % said,
        lines=lines, button=_("Voir le premier"), url=lines[0].url,
    )  # fmt: skip


# --- Review and messages -------------------------------------------------------------------------------------


def review_opened(*, to: Any, candidacy: Candidacy) -> Email | None:
    if not hats(to, candidacy).is_collectivite:
        return None
    return _mail(
        _("Votre dossier est en cours d’instruction"),
        _("L’équipe du programme a commencé la lecture du dossier de %(territory)s.")
        % {"territory": candidacy.territory},
        _("%(adviser)s s’en charge.") % {"adviser": candidacy.adviser} if candidacy.adviser else "",
        _("L’équipe se donne jusqu’au %(day)s.") % {"day": _day(candidacy.review_due_on)}
        if candidacy.review_due_on
        else "",
        button=_("Poser une question"), url=_to("messages", candidacy.public_id),
    )  # fmt: skip


def message_written(*, to: Any, message: Message) -> Email | None:
    candidacy = message.candidacy
    found = hats(to, candidacy)
    if not (found.is_collectivite if message.side == Side.TEAM else found.is_national):
        return None
    address = reply_address(candidacy, to)
    more: dict[str, Any] = {
        "headers": NO_AUTOMATIC_ANSWER
        | {"Message-ID": f"<message.{message.public_id}.{to.public_id}@{settings.REPLY_DOMAIN or 'marelle.invalid'}>"}
    }
    if address:
        more["reply_to"] = [address]
    place = place_of(candidacy, message.question)
    return _mail(
        _("Message sur le dossier de %(territory)s") % {"territory": candidacy.territory},
        _("%(author)s écrit à propos de « %(question)s » :") % {"author": message.by, "question": place.label}
        if place
        else _("%(author)s écrit :") % {"author": message.by},
        _("Un document est joint : il se télécharge sur la page.") if message.file_id else "",
        _("Vous pouvez répondre à ce courriel : votre réponse rejoindra le dossier.") if address else "",
        quote=message.text, button=_("Lire et répondre"), url=_to("messages", candidacy.public_id), **more,
    )  # fmt: skip


def mail_refused(*, to: Any, candidacy: Candidacy, reason: str) -> Email | None:
    """`reason` is a code of `actions.incoming.REASONS`: what the person wrote is not sent back."""
    return _mail(
        _("Votre courriel n’a pas pu rejoindre le dossier"),
        _("Votre réponse par courriel sur le dossier de %(territory)s n’a pas été ajoutée à l’échange.")
        % {"territory": candidacy.territory},
        str(REASONS[reason]),
        _("Votre courriel reste dans votre boîte d’envoi : rien n’est perdu."),
        button=_("Écrire sur la page"), url=_to("messages", candidacy.public_id), headers=NO_AUTOMATIC_ANSWER,
    )  # fmt: skip


def attachments_refused(*, to: Any, candidacy: Candidacy, files: list[list[str]]) -> Email | None:
    """`files`: name and reason of each file that could not be taken, while the message was."""
    return _mail(
        _("Votre message est arrivé, mais pas toutes ses pièces jointes"),
        _("Votre message a rejoint le dossier de %(territory)s. Ces fichiers n’ont pas pu être pris :")
        % {"territory": candidacy.territory},
        lines=[Line(Truncator(name).chars(80), "", reason) for name, reason in files],
        button=_("Joindre un fichier sur la page"), url=_to("messages", candidacy.public_id),
        headers=NO_AUTOMATIC_ANSWER,
    )  # fmt: skip


# --- Corrections ---------------------------------------------------------------------------------------------


def correction_asked(*, to: Any, correction: Correction) -> Email | None:
    candidacy = correction.candidacy
    if correction.closed_at is not None or not hats(to, candidacy).is_collectivite:
        return None
    lines = []
    for item in correction.items.all():
        place = place_of(candidacy, item.question)
        if place:
            lines.append(Line(place.label, settings.SITE_URL + place.url, item.reason))
    return _mail(
        _("Corrections demandées sur le dossier de %(territory)s") % {"territory": candidacy.territory},
        _("L’équipe du programme vous demande de reprendre ces points avant le %(day)s :")
        % {"day": _day(correction.due_on)},
        _("Le délai d’instruction est arrêté jusqu’à votre retour.")
        if correction.stops_clock
        else _("Le délai d’instruction continue de courir pendant ce temps."),
        _("Le reste du dossier ne change pas. Quand tout est prêt, renvoyez-le."),
        lines=lines, button=_("Ouvrir le dossier"), url=lines[0].url if lines else _to("messages", candidacy.public_id),
    )  # fmt: skip


def correction_cancelled(*, to: Any, candidacy: Candidacy) -> Email | None:
    if not hats(to, candidacy).is_collectivite:
        return None
    return _mail(
        _("La demande de corrections est retirée"),
        _("L’équipe du programme n’attend plus de corrections sur le dossier de %(territory)s : l’instruction reprend.")
        % {"territory": candidacy.territory},
        _("Ce que vous aviez commencé à changer reste enregistré, mais n’est pas pris en compte."),
        button=_("Poser une question"), url=_to("messages", candidacy.public_id),
    )  # fmt: skip


# --- Opinions and conflicts ----------------------------------------------------------------------------------


def opinion_asked(*, to: Any, opinion: Opinion) -> Email | None:
    if opinion.revoked_at is not None or opinion.given_at is not None:
        return None
    return _mail(
        _("Votre avis sur le dossier de %(territory)s") % {"territory": opinion.candidacy.territory},
        _("%(person)s vous demande votre avis avant le %(day)s.")
        % {"person": opinion.asked_by, "day": _day(opinion.due_on)},
        _("Votre avis sera confidentiel : seule l’équipe nationale le lira.")
        if opinion.is_confidential
        else _("Votre avis sera lu par l’équipe nationale et la délégation, jamais par la collectivité."),
        _("Si un lien avec cette collectivité peut gêner votre jugement, dites-le sur la page : ce n’est pas une faute."),
        quote=opinion.question, button=_("Lire le dossier et donner mon avis"), url=_to("opinion", opinion.public_id),
    )  # fmt: skip


def opinion_reminder(*, to: Any, opinion: Opinion) -> Email | None:
    if opinion.revoked_at is not None or opinion.given_at is not None:
        return None
    territory, day = opinion.candidacy.territory, _day(opinion.due_on)
    late = opinion.due_on < timezone.localdate()
    return _mail(
        _("Rappel : votre avis sur le dossier de %(territory)s") % {"territory": territory},
        (_("Il était attendu pour le %(day)s.") if late else _("Il est attendu pour le %(day)s.")) % {"day": day},
        _("Vous n’avez pas le temps ? Dites-le à %(person)s, qui demandera à quelqu’un d’autre.")
        % {"person": opinion.asked_by},
        button=_("Donner mon avis"), url=_to("opinion", opinion.public_id),
    )  # fmt: skip


def opinion_revoked(*, to: Any, opinion: Opinion) -> Email | None:
    return _mail(
        _("Votre avis n’est plus attendu"),
        _("La demande d’avis sur le dossier de %(territory)s est retirée :")
        % {"territory": opinion.candidacy.territory},
        quote=opinion.revoked_reason, button=_("Aller à l’accueil"), url=settings.SITE_URL + "/",
    )  # fmt: skip


def opinion_given(*, to: Any, opinion: Opinion) -> Email | None:
    if opinion.revoked_at is not None or not hats(to, opinion.candidacy).is_national:
        return None
    return _mail(
        _("Avis rendu sur le dossier de %(territory)s") % {"territory": opinion.candidacy.territory},
        _("%(person)s a rendu son avis.") % {"person": opinion.asked_of},
        button=_("Le lire"), url=_to("review", opinion.candidacy.public_id) + "#avis",
    )  # fmt: skip


def conflict_declared(*, to: Any, conflict: ConflictOfInterest, was_adviser: bool) -> Email | None:
    if not hats(to, conflict.candidacy).is_national:
        return None
    return _mail(
        _("Conflit d’intérêts déclaré sur le dossier de %(territory)s") % {"territory": conflict.candidacy.territory},
        _("%(person)s ne peut plus voir ce dossier.") % {"person": conflict.user},
        _("Il n’a plus de conseiller·ère : confiez-le à quelqu’un d’autre.") if was_adviser else "",
        button=_("Affecter le dossier"), url=_to("assign", conflict.candidacy.public_id),
    )  # fmt: skip


def conflict_lifted(*, to: Any, conflict: ConflictOfInterest) -> Email | None:
    """To the person who stepped aside; nothing when the file is not theirs to see anyhow."""
    if conflict.lifted_at is None or not hats(to, conflict.candidacy).sees:
        return None
    return _mail(
        _("Le dossier de %(territory)s vous est de nouveau ouvert") % {"territory": conflict.candidacy.territory},
        _("%(person)s a levé le conflit d’intérêts que vous aviez déclaré, pour ce motif :")
        % {"person": conflict.lifted_by},
        _("Si le lien existe toujours, déclarez-le de nouveau : le dossier se refermera aussitôt."),
        quote=conflict.lifted_reason, button=_("Voir la candidature"),
        url=_to("candidacy", conflict.candidacy.public_id),
    )  # fmt: skip
