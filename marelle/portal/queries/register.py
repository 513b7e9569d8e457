"""The register of personal data, as a person reads it: what, why, until when, and then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.text import camel_case_to_spaces, capfirst
from django.utils.translation import gettext as _

from marelle.accounts.queries.privacy import IN_WORDS, NAMES
from marelle.accounts.queries.privacy import register as everything
from marelle.core import privacy


@dataclass(frozen=True)
class Line:
    """One personal field."""

    label: str
    purpose: str
    until: str
    then: str


@dataclass(frozen=True)
class Subject:
    """What one kind of record says about people."""

    name: str
    lines: list[Line]


def label_of(field: Any) -> str:
    """Its French name; a link to a person, which models leave unnamed, is called so."""
    if str(field.verbose_name) != field.name.replace("_", " "):
        return str(capfirst(str(field.verbose_name)))
    if field.related_model is get_user_model():
        return _("La personne concernée")
    return {
        "public_id": _("Identifiant sans signification"),
        "token": _("Lien d’invitation"),
        "document": _("Pièce jointe"),
        "content": _("Contenu du fichier"),
        "to": _("Destinataire"),
        "subject": _("Objet du courriel"),
        "text": _("Texte du courriel"),
        "html": _("Texte mis en forme du courriel"),
    }.get(field.name) or str(IN_WORDS.get(field.name, ""))


def name_of(model: type[models.Model]) -> str:
    """Its French name; the few that have none, or the same as in English, are given theirs."""
    if model in NAMES:
        return capfirst(str(NAMES[model]))
    own = str(privacy.name_of(model))
    if own != camel_case_to_spaces(model.__name__):
        return capfirst(own)
    return {
        "AnswerRevision": _("Version d’une réponse"),
        "Consultation": _("Consultation"),
        "Guide": _("Guide"),
        "Invitation": _("Invitation"),
        "MailboxCopy": _("Courriel montré par la démonstration"),
        "Message": _("Message"),
        "Note": _("Note interne"),
        "Preference": _("Rythme des courriels"),
        "UnmergedText": _("Texte gardé à part"),
    }.get(model.__name__, "")


def register() -> list[Subject]:
    """Declared by the models themselves (`core.privacy`), and for those of the libraries we use by `accounts`: the
    page cannot forget a field that the code holds."""
    subjects = [
        Subject(
            name_of(model),
            [
                Line(label_of(model._meta.get_field(name)), str(about.purpose), str(about.until), str(about.how.value))
                for name, about in fields.items()
            ],
        )
        for model, fields in everything().items()
    ]
    return sorted(subjects, key=lambda subject: subject.name)
