"""What the papers of a council hold: the list taken out, the consent to sign."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marelle.participation.enums import CouncilKind
from marelle.participation.models import Council, Term

from .councils import Place, Seat

HEADER = (
    gettext_lazy("Prénom"),
    gettext_lazy("Nom"),
    gettext_lazy("Année de naissance"),
    gettext_lazy("École ou structure"),
    gettext_lazy("Joindre les responsables"),
    gettext_lazy("Siège depuis le"),
    gettext_lazy("Parti·e le"),
    gettext_lazy("Accord pour participer"),
    gettext_lazy("Valable jusqu’au"),
    gettext_lazy("Photo permise"),
    gettext_lazy("Prénom public"),
)
REMINDER = gettext_lazy(
    "Cette liste contient des données personnelles d’enfants. Gardez-la le temps d’un usage précis, ne la transmettez "
    "pas par courriel sans protection, puis supprimez-la. Son téléchargement est noté dans le journal."
)
PLACES = {
    Place.SITS: gettext_lazy("siège"),
    Place.WAITS: gettext_lazy("accord à recueillir"),
    Place.ENDED: gettext_lazy("accord terminé"),
    Place.WITHDRAWN: gettext_lazy("accord retiré"),
    Place.LATER: gettext_lazy("siégera plus tard"),
    Place.LEFT: gettext_lazy("ne siège plus"),
}


def list_rows(seats: Iterable[Seat]) -> list[list[Any]]:
    return [
        [
            seat.member.first_name,
            seat.member.last_name,
            seat.member.birth_year,
            seat.member.school,
            seat.member.guardian_contact,
            seat.member.joined_on,
            seat.member.left_on,
            str(PLACES[seat.place]),
            seat.participation.valid_until if seat.participation else None,
            seat.may_be_pictured,
            seat.is_public,
        ]
        for seat in seats
    ]


def consent_form(council: Council, term: Term | None) -> dict[str, Any]:
    return {
        "council": council.name,
        "kind": str(CouncilKind(council.kind).label),
        "who": council.organisation.name,
        "purpose": council.purpose,
        "starts_on": f"{term.starts_on:%d/%m/%Y}" if term else "",
        "ends_on": f"{term.ends_on:%d/%m/%Y}" if term else "",
        "is_youth": council.kind == CouncilKind.YOUTH,
        "demonstration": council.is_demonstration,
        "contact": council.organisation.contact_email or _("à demander à l’adulte qui vous a remis ce papier"),
    }
