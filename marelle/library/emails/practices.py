"""Mails about practices: to review, sent back, public, taken up, to read again; and to the person who is named in one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from marelle.accounts.queries import standing
from marelle.library.enums import PracticeState
from marelle.library.models import Practice, PracticeContact, TakingUp
from marelle.library.queries import contact_links
from marelle.notifications.messages import Email
from marelle.ui.components.words import day_in_words


def practice_to_review(*, to: Any, practice: Practice) -> Email | None:
    """To the editorial team: a practice is proposed. Nothing when it was taken back, or a colleague has it."""
    if practice.state != PracticeState.SUBMITTED or practice.locked_by_id not in (None, to.pk):
        return None
    again = practice.first_published_at is not None
    said = (
        _("{place} propose un nouveau texte pour une pratique déjà publiée.")
        if again
        else _("{place} propose une pratique à la bibliothèque.")
    )
    return _mail(
        _("À relire\u202f: {title}").format(title=practice.title),
        said.format(place=practice.organisation),
        quote=practice.summary,
        button=_("La relire"),
        url=_link("library:practice_review", practice),
    )


def practice_taken_back(*, to: Any, practice: Practice) -> Email | None:
    """To whoever was reading it."""
    if practice.state != PracticeState.DRAFT:
        return None
    return _mail(
        _("Reprise par sa collectivité\u202f: {title}").format(title=practice.title),
        _("{place} a repris la fiche que vous relisiez pour la retravailler. Vos remarques restent écrites.").format(
            place=practice.organisation
        ),
        button=_("Voir la fiche"),
        url=_link("library:practice_review", practice),
    )


def practice_returned(*, to: Any, practice: Practice) -> Email | None:
    """To its authors: what is still to be completed."""
    if practice.state != PracticeState.RETURNED or not _works_for(to, practice):
        return None
    remarks = list(practice.comments.filter(settled_at__isnull=True, reply_to__isnull=True))
    return _mail(
        _("À compléter\u202f: {title}").format(title=practice.title),
        _("L’équipe éditoriale a lu votre fiche et vous demande de la compléter."),
        quote=practice.state_reason,
        lines=[{"label": one.about, "text": one.text} for one in remarks],
        button=_("Compléter la fiche"),
        url=_link("library:practice_work", practice),
    )


def practice_replied(*, to: Any, practice: Practice) -> Email | None:
    """Somebody answered a remark of yours."""
    last = practice.comments.filter(reply_to__by=to).exclude(by=to).last()
    if last is None:
        return None
    name = "library:practice_work" if _works_for(to, practice) else "library:practice_review"
    return _mail(
        _("Une réponse à votre remarque\u202f: {title}").format(title=practice.title),
        _("Voici ce qui vous est répondu\u202f:"),
        quote=last.text,
        button=_("Voir la fiche"),
        url=_link(name, practice),
    )


def practice_published(*, to: Any, practice: Practice) -> Email | None:
    if practice.state != PracticeState.PUBLISHED or not _works_for(to, practice):
        return None
    paragraphs = [_("Votre fiche est publique. D’autres collectivités peuvent la lire et dire qu’elles la reprennent.")]
    if practice.review_on:
        paragraphs.append(
            _("Nous vous demanderons de la relire le {day}.").format(day=day_in_words(practice.review_on))
        )
    return _mail(
        _("Publiée\u202f: {title}").format(title=practice.title),
        *paragraphs,
        button=_("Voir la page publique"),
        url=settings.SITE_URL + practice.get_absolute_url(),
    )


def practice_archived(*, to: Any, practice: Practice) -> Email | None:
    if practice.state != PracticeState.ARCHIVED or not _works_for(to, practice):
        return None
    return _mail(
        _("Retirée de la bibliothèque\u202f: {title}").format(title=practice.title),
        _("Votre fiche n’est plus publique. Voici pourquoi\u202f:"),
        quote=practice.state_reason,
        button=_("Voir la fiche"),
        url=_link("library:practice_work", practice),
    )


def practice_taken_up(*, to: Any, taking: TakingUp) -> Email | None:
    """To its authors: another collectivité wants to do the same."""
    practice = taking.practice
    if not practice.live or not _works_for(to, practice):
        return None
    return _mail(
        _("{place} reprend votre pratique").format(place=taking.organisation),
        _("{place} annonce reprendre «\u202f{title}\u202f». C’est écrit sur la page de la pratique.").format(
            place=taking.organisation, title=practice.title
        ),
        quote=taking.note,
        button=_("Voir la pratique"),
        url=settings.SITE_URL + practice.get_absolute_url(),
    )


def practice_to_read_again(*, to: Any, practice: Practice) -> Email | None:
    """Its review date passed: does it still hold?"""
    if practice.review_asked_at is None or not _works_for(to, practice):
        return None
    return _mail(
        _("Est-ce toujours vrai\u202f? {title}").format(title=practice.title),
        _("Votre fiche attend d’être relue\u202f: coût, agents, résultats, contact. Si tout est juste, un bouton suffit. "
          "D’ici là, sa page publique prévient qu’elle peut dater."),
        button=_("Relire la fiche"),
        url=_link("library:practice_work", practice),
    )  # fmt: skip


def contact_asked(*, to: str, contact: PracticeContact) -> Email | None:
    """To the person named: do you agree? The link takes the name away too, at any time."""
    if contact.agreed_at or contact.email != to:
        return None
    practice = contact.practice
    return _mail(
        _("Acceptez-vous d’être nommé·e\u202f?"),
        _("{place} vous propose comme contact de la pratique «\u202f{title}\u202f». Votre nom et votre adresse électronique "
          "seraient lisibles par tout le monde sur sa page.").format(place=practice.organisation, title=practice.title),
        _("Rien n’est montré sans votre accord. Gardez ce courriel\u202f: le même lien retire votre nom quand vous voulez."),
        button=_("Répondre oui ou non"),
        url=settings.SITE_URL + reverse("library:practice_contact", args=[contact_links.token_of(contact)]),
    )  # fmt: skip


def _works_for(to: Any, practice: Practice) -> bool:
    """Whoever left the collectivité between the act and the mail is no longer told."""
    return practice.organisation_id in standing(to).organisation_ids


def _link(name: str, practice: Practice) -> str:
    return settings.SITE_URL + reverse(name, args=[practice.public_id])


def _mail(
    subject: str, *paragraphs: str, button: str, url: str, quote: str = "", lines: list[dict[str, str]] | None = None
) -> Email:
    context = {
        "subject": subject, "paragraphs": paragraphs, "quote": quote, "lines": lines or [], "button": button, "url": url,
    }  # fmt: skip
    return Email.from_templates("library/emails/practice", context)
