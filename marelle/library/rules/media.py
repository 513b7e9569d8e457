"""Which pictures and films may be shown today, to whom, and who looks after their consents."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.accounts.enums import WRITES_PAGES
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.library.enums import Showing
from marelle.library.models import ImageConsent, Picture, Video
from marelle.library.queries import media as queries

LONGEST_CONSENT = timedelta(days=5 * 366)
"""Nobody agrees for a child for ever: five years at most, and a child of eight is no longer the one of the picture."""


def can_be_shown(thing: Picture | Video, on: date) -> Answer:
    """Whether the public may see this picture (or film) that day: asks the database nothing.

    Fails closed: a picture that shows children and of which nothing was reckoned is not shown.
    """
    if queries.is_agreed(thing, on):
        return True
    return NotNow(
        _(
            "«\u202f%(title)s\u202f» montre %(children)s, et il manque au moins un accord valable. Enregistrez les accords, ou "
            "choisissez une autre image."
        )
        % {
            "title": thing.title,
            "children": ngettext("un enfant", "%(count)d enfants", thing.children or 1)
            % {"count": thing.children or 1},
        }
    )


def can_be_watched(video: Video, on: date) -> Answer:
    """A film without captions or transcript leaves out whoever does not hear it: it is not published."""
    if not video.captions_id and not video.transcript.strip():
        return NotNow(_("Il manque à «\u202f%s\u202f» ses sous-titres et sa transcription.") % video.title)
    if not video.captions_id:
        return NotNow(_("Il manque à «\u202f%s\u202f» ses sous-titres (fichier WebVTT).") % video.title)
    if not video.transcript.strip():
        return NotNow(
            _("Il manque à «\u202f%s\u202f» sa transcription\u202f: tout ce qui est dit et montré, en texte.")
            % video.title
        )
    return can_be_shown(video, on)


def can_publish_media_of(thing: Any, on: date) -> Answer:
    """Whether a page, a resource, a guide or a practice may go online with the pictures and films it shows, those of
    its StreamFields and child rows included. Says all that is missing, at once."""
    pictures, videos = queries.media_in(thing)
    answers: list[Answer] = [can_be_shown(one, on) for one in pictures]
    answers += [can_be_watched(one, on) for one in videos]
    missing = list(dict.fromkeys(answer.reason for answer in answers if isinstance(answer, No)))
    return not missing or NotNow(" ".join(missing))


def may_go_online(thing: Any) -> Answer:
    """The same, asked today: one of the questions of `registry.ask_before_publishing`."""
    return can_publish_media_of(thing, timezone.localdate())


def is_editor(user: Any) -> bool:
    """Those of the editorial team see every picture, in the back office."""
    return user.is_authenticated and bool(standing(user).roles & WRITES_PAGES)


def can_edit(user: Any) -> Answer:
    return is_editor(user) or No(_("Les images et les vidéos sont tenues par l’équipe éditoriale."))


def can_remove(user: Any, video: Video) -> Answer:
    allowed = can_edit(user)
    if not allowed:
        return allowed
    shown = [use.title for use in queries.uses(video)]
    return not shown or NotNow(_("Cette vidéo est montrée par « %s ». Retirez-la d’abord de cette page.") % shown[0])


def can_record_consent(user: Any, about: Picture | Video) -> Answer:
    allowed = can_edit(user)
    if not allowed:
        return allowed
    return about.showing == Showing.CHILDREN or NotNow(
        _("On n’y reconnaît aucun enfant, d’après sa fiche. Changez d’abord la fiche.")
    )


def can_be_consent(*, given_on: date, valid_until: date, on: date) -> Answer:
    """Whether a paper is a consent at all, that day."""
    if given_on > on:
        return NotNow(_("La date de signature est dans le futur."))
    if valid_until < given_on:
        return NotNow(_("Un accord finit après avoir été signé\u202f: vérifiez les deux dates."))
    if valid_until < on:
        return NotNow(_("Cet accord est déjà terminé. Faites signer un nouveau papier."))
    if valid_until > given_on + LONGEST_CONSENT:
        return NotNow(_("Un accord vaut cinq ans au plus. Choisissez une date plus proche."))
    return True


def can_withdraw(consent: ImageConsent) -> Answer:
    """By the family with its link, or by an editor who was told: at any moment, without a reason."""
    return consent.withdrawn_at is None or NotNow(_("Cet accord est déjà retiré."))
