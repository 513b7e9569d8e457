"""Territories for machines: search, and one by its code."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from .forms import label
from .models import Territory
from .queries import Hit, search, successor_of, with_code

router = Router(tags=["Territoires"])


class AskedKind(StrEnum):
    COMMUNE = "commune"
    EPCI = "epci"
    EPT = "ept"


class Place(Schema):
    code: str
    name: str


class Brief(Schema):
    """A territory in a list. `population` is the *population municipale*; null when it is not known."""

    kind: AskedKind
    code: Annotated[str, Field(description="Code INSEE d’une commune, SIREN d’une intercommunalité")]
    siren: str | None
    name: str
    label: Annotated[str, Field(description="Nom et département, pour distinguer les homonymes")]
    kind_label: str
    population: int | None
    population_year: int | None
    departement: Place | None
    epci: Place | None
    postcodes: list[str]
    known_as: Annotated[str | None, Field(description="L’ancien nom par lequel la recherche l’a trouvé")] = None
    url: Annotated[str, Field(description="Page publique")]


class Found(Schema):
    items: list[Brief]
    total: int
    limit: int
    offset: int
    next: Annotated[str | None, Field(description="Adresse de la suite")]
    approximate: Annotated[bool, Field(description="Rien ne s’écrit ainsi : voici ce qui s’en approche")]


class Member(Schema):
    code: str
    name: str
    population: int | None


class Detail(Schema):
    kind: AskedKind
    code: str
    siren: str | None
    name: str
    label: str
    kind_label: str
    legal_form: str | None
    population: int | None
    population_year: int | None
    departement: Place | None
    region: Place | None
    epci: Place | None
    ept: Place | None
    longitude: float | None
    latitude: float | None
    postcodes: list[str]
    retired_codes: list[str]
    other_names: list[str]
    members: Annotated[list[Member], Field(description="Communes membres, la plus peuplée d’abord")]
    url: str


class Problem(Schema):
    detail: str


class Became(Schema):
    """The territory is no more. `became` is its successor, null when nothing took it over."""

    detail: str
    code: str
    ended_on: date | None
    became: Place | None


@router.get("", response=Found, url_name="territories", summary="Chercher une commune ou une intercommunalité")
def territories(
    request: HttpRequest,
    response: HttpResponse,
    q: Annotated[
        str, Query(max_length=200, description="Nom, code postal, code INSEE ou SIREN, comme on l’écrit")
    ] = "",
    kind: Annotated[list[AskedKind], Query(description="Peut être répété")] = list(AskedKind),  # noqa: B006
    departement: Annotated[str, Query(max_length=3, description="Code du département")] = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
):
    """La plus peuplée d’abord parmi les réponses équivalentes. Accents, tirets, « St » et fautes de frappe sont admis."""
    found = search(q, kinds=[k.value for k in kind], departement=departement.upper(), limit=limit, offset=offset)
    more = offset + limit < found.total
    asked = request.GET.copy()
    asked["limit"], asked["offset"] = str(limit), str(offset + limit)
    return {
        "items": [_brief(hit, request) for hit in found],
        "total": found.total,
        "limit": limit,
        "offset": offset,
        "next": request.build_absolute_uri(f"{request.path}?{asked.urlencode()}") if more else None,
        "approximate": found.approximate,
    }


def _brief(hit: Hit, request: HttpRequest) -> dict:
    return {
        "kind": hit.kind,
        "code": hit.code,
        "siren": hit.siren or None,
        "name": hit.name,
        "label": label(hit),
        "kind_label": hit.kind_label,
        "population": hit.population,
        "population_year": hit.population_year,
        "departement": {"code": hit.departement_code, "name": hit.departement} if hit.departement_code else None,
        "epci": {"code": hit.epci_code, "name": hit.epci} if hit.epci_code else None,
        "postcodes": list(hit.postcodes),
        "known_as": hit.known_as or None,
        "url": request.build_absolute_uri(reverse("portal:territory", args=[hit.code, hit.slug])),
    }


@router.get(
    "/{code}",
    response={200: Detail, 308: Became, 404: Problem, 410: Became},
    url_name="territory",
    summary="Un territoire par son code INSEE ou son SIREN",
)
def territory(request: HttpRequest, response: HttpResponse, code: str):
    """Un code retiré répond 308 avec son successeur ; un territoire disparu sans successeur, 410."""
    asked = code.strip().upper()[:14]
    found = with_code(asked)
    if found is None:
        raise Http404(_("Aucun territoire ne porte ce code."))
    today = successor_of(found)
    if today is None or today.code != asked:
        return _gone(response, asked, found, today)
    members = [
        {"code": member_code, "name": name, "population": population}
        for member_code, name, population in found.communes_of_today().values_list("code", "name", "population")
    ]
    return {
        **{field: getattr(found, field) for field in ("kind", "code", "name", "other_names", "longitude", "latitude")},
        **{field: getattr(found, field) for field in ("population", "population_year")},
        "siren": found.siren or None,
        "legal_form": found.legal_form or None,
        "label": label(found),
        "kind_label": found.get_kind_display(),
        **{link: _place(getattr(found, link)) for link in ("departement", "region", "epci", "ept")},
        "postcodes": list(found.postcodes.order_by("code").values_list("code", flat=True)),
        "retired_codes": list(found.retired_codes.order_by("code").values_list("code", flat=True)),
        "members": members,
        "url": request.build_absolute_uri(found.get_absolute_url()),
    }


def _gone(response: HttpResponse, asked: str, found: Territory, today: Territory | None):
    body = {"code": asked, "ended_on": found.ended_on, "became": _place(today)}
    if today is None:
        return Status(410, body | {"detail": _("Ce territoire n’existe plus.")})
    response["Location"] = reverse("api:territory", args=[today.code])
    return Status(308, body | {"detail": _("Ce code n’est plus en vigueur : voyez %(name)s.") % {"name": label(today)}})


def _place(territory: Territory | None) -> dict | None:
    return {"code": territory.code, "name": territory.name} if territory else None
