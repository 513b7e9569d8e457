"""Where a question or a document is found in a file, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from marelle.programme.models import Candidacy


@dataclass(frozen=True)
class Place:
    """`url` is the door to the field on the collectivité's own pages."""

    key: str
    label: str
    url: str
    is_document: bool = False


def place_of(candidacy: Candidacy, key: str) -> Place | None:
    """None for a key that the file does not ask (any more)."""
    definition = candidacy.version.definition
    for section in definition.sections:
        for question in section.questions:
            if question.key == key:
                at = reverse("programme:file_section", args=[candidacy.public_id, section.key])
                return Place(key, question.label, f"{at}#q-{key}")
    for document in definition.documents:
        if document.key == key:
            at = reverse("programme:file_documents", args=[candidacy.public_id])
            return Place(key, document.label, f"{at}#d-{key}", is_document=True)
    return None


def labels_of(candidacy: Candidacy) -> dict[str, str]:
    """What each question and document of a file is called, by key."""
    definition = candidacy.version.definition
    return {key: question.label for key, question in definition.questions.items()} | {
        document.key: document.label for document in definition.documents
    }
