"""Children's proposals for machines: the public ones of a territory, and its figures."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from marelle.participation.enums import PUBLIC_STATES
from marelle.participation.models import Proposal
from marelle.participation.queries import proposals as queries
from marelle.territories.queries import successor_of, with_code

router = Router(tags=["Propositions d’enfants"])

PublicState = StrEnum("PublicState", {state.name: state.value for state in sorted(PUBLIC_STATES)})


class Figures(Schema):
    """Each proposal counts once: done ≤ answered ≤ made."""

    made: int
    answered: int
    done: int
    overdue: Annotated[int, Field(description="Réponses que le jour promis a dépassées")]


class OneProposal(Schema):
    id: str
    wording: Annotated[str, Field(description="La proposition, dans les mots des enfants")]
    theme: str
    article: Annotated[int | None, Field(description="Article de la Convention des droits de l’enfant")]
    age_band: str | None
    group: str | None
    state: PublicState
    is_overdue: bool
    made_on: date
    due_on: date
    answer: str | None
    answered_on: Annotated[date | None, Field(description="Jour de la première réponse")]
    answered_by: str | None
    planned_for: date | None
    done_on: date | None
    done_note: str | None
    url: str


class Proposals(Schema):
    figures: Figures
    items: list[OneProposal]
    total: int
    limit: int
    offset: int
    next: Annotated[str | None, Field(description="Adresse de la suite")]


class Unknown(Schema):
    detail: str


@router.get(
    "/{code}/proposals",
    response={200: Proposals, 404: Unknown},
    url_name="territory_proposals",
    summary="Ce que les enfants d’un territoire proposent, et ce qu’on leur répond",
)
def territory_proposals(
    request: HttpRequest,
    code: str,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
):
    """Les plus récentes d’abord. Une proposition réunie à une autre n’est comptée qu’une fois, avec elle."""
    found = with_code(code.strip().upper()[:14])
    today = successor_of(found) if found else None
    if today is None:
        raise Http404(_("Aucun territoire ne porte ce code."))
    day, rows = timezone.localdate(), queries.made_to(today)
    total = rows.counted().count()
    shown = rows.counted().order_by("-made_on", "-pk")[offset : offset + limit]
    asked = request.GET.copy()
    asked["limit"], asked["offset"] = str(limit), str(offset + limit)
    more = offset + limit < total
    return {
        "figures": vars(queries.counted(rows, on=day)),
        "items": [_said(one, request, day) for one in shown],
        "total": total,
        "limit": limit,
        "offset": offset,
        "next": request.build_absolute_uri(f"{request.path}?{asked.urlencode()}") if more else None,
    }


def _said(one: Proposal, request: HttpRequest, day: date) -> dict:
    plain = ("wording", "theme", "article", "state", "made_on", "due_on", "answered_on", "planned_for", "done_on")
    words = ("answer", "answered_by", "done_note", "age_band")
    return {
        "id": one.public_id,
        **{name: getattr(one, name) for name in plain},
        **{name: getattr(one, name) or None for name in words},
        "group": one.group_name or None,
        "is_overdue": one.is_overdue(day),
        "url": request.build_absolute_uri(one.get_absolute_url()),
    }
