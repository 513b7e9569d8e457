"""What the site, the territories and the children bring to the search: only what anyone may read. Of children, only the
proposals an adult made public, in the wording that is public; of adults, no name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from marelle.library.queries.search.library_sources import text_of
from marelle.library.registry import Found
from marelle.participation.enums import AgeBand
from marelle.participation.models import Consultation, Proposal
from marelle.programme.models import Candidacy, NetworkMembership, Title
from marelle.territories.models import Territory

from .public import Member, members

CHUNK = 500


def _years(band: str) -> tuple[int, int]:
    first, _dash, last = band.partition("-")
    return int(first), int(last)


# --- Children's proposals ------------------------------------------------------------------------------------


def _proposals():
    return Proposal.objects.counted().select_related("territory__departement")


def _proposal(row: Proposal) -> Found:
    place = row.territory.name
    return Found(
        key=row.public_id,
        title=row.wording,
        summary=_("%(place)s\u202f: %(state)s.") % {"place": place, "state": row.get_state_display()},
        address=row.get_absolute_url(),
        keywords=" ; ".join(filter(None, [place, row.get_theme_display(), row.group_name])),
        body=f"{row.answer} {row.done_note}",
        ages=_years(row.age_band) if row.age_band in AgeBand.values else None,
        articles=(row.article,) if row.article else (),
        dated=row.made_on,
        is_demonstration=row.is_demonstration,
    )


def proposals() -> Iterator[Found]:
    return map(_proposal, _proposals().order_by().iterator(chunk_size=CHUNK))


def proposal(key: str) -> Found | None:
    row = _proposals().filter(public_id=key).first()
    return _proposal(row) if row else None


# --- Consultations -------------------------------------------------------------------------------------------


def _consultation(row: Consultation) -> Found:
    bands = [_years(band) for band in row.age_bands if band in AgeBand.values]
    return Found(
        key=row.public_id,
        title=row.title,
        summary=row.why[:320],
        address=row.get_absolute_url(),
        keywords=" ; ".join([row.organisation.name, row.get_level_display()]),
        body=row.answer,
        ages=(min(first for first, _last in bands), max(last for _first, last in bands)) if bands else None,
        dated=row.opens_on,
        is_demonstration=row.is_demonstration,
    )


def consultations() -> Iterator[Found]:
    rows = Consultation.objects.public().select_related("organisation").order_by()
    return map(_consultation, rows.iterator(chunk_size=CHUNK))


def consultation(key: str) -> Found | None:
    row = Consultation.objects.public().select_related("organisation").filter(public_id=key).first()
    return _consultation(row) if row else None


# --- Territories that take part --------------------------------------------------------------------------------


def _member(row: Member) -> Found:
    here = row.territory
    said = _("Ville amie des enfants") if row.is_titled else _("Membre du réseau Territoires d’enfance")
    around = [here.departement and here.departement.name, here.departement and here.departement.region, here.region]
    return Found(
        key=here.code,
        title=here.name,
        summary=_("%(member)s depuis %(year)s.") % {"member": said, "year": row.since.year},
        address=here.get_absolute_url(),
        keywords=" ; ".join(str(place) for place in around if place),
        dated=row.since,
        is_demonstration=row.is_demonstration,
    )


def taking_part() -> Iterable[Found]:
    return map(_member, members(timezone.localdate()).everyone)


def one_taking_part(key: str) -> Found | None:
    """In three queries: an action about one territory does not read them all."""
    today = timezone.localdate()
    here = Territory.objects.filter(code=key).select_related("departement__region", "region").first()
    title = Title.objects.current(today).filter(territory=here).first() if here else None
    network = NetworkMembership.objects.members(on=today).filter(territory=here).first() if here else None
    row = title or network
    if here is None or row is None:
        return None
    since = title.starts_on if title else network.joined_on if network else today
    return _member(Member(here, title is not None, since, row.is_demonstration))


def code_of(row: Candidacy | NetworkMembership) -> list[str]:
    return [row.territory.code] if row.territory else []


# --- Pages of the site ---------------------------------------------------------------------------------------

KINDS = {"NewsPage": "news", "EventPage": "event"}
"""Every other class of page is a page."""


def page_classes() -> list[Any]:
    return [model for model in apps.get_app_config("portal").get_models() if issubclass(model, Page)]


def kind_of(model: Any) -> str:
    return KINDS.get(model.__name__, "page")


def family(page: Page) -> dict[str, list[str]]:
    """Kind → keys of a page and all that stands under it."""
    found: dict[str, list[str]] = {}
    for model in page_classes():
        pks = model.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True)
        found.setdefault(kind_of(model), []).extend(map(str, pks))
    return found


def _page(row: Any) -> Found:
    at = getattr(row, "dated", None) or getattr(row, "starts_on", None) or row.first_published_at
    return Found(
        key=str(row.pk),
        title=getattr(row, "name", "") or row.title,
        summary=getattr(row, "lead", "") or row.search_description,
        address=row.address,
        keywords=" ; ".join(filter(None, [row.title, row.seo_title, getattr(row, "kicker", "")])),
        body=" ".join(
            text_of(getattr(row, field.name)) for field in row._meta.fields if isinstance(field, StreamField)
        ),
        dated=(timezone.localdate(at) if hasattr(at, "hour") else at) if at else None,
        is_demonstration=getattr(row, "is_demonstration", False),
    )


def pages(kind: str) -> Iterator[Found]:
    for model in page_classes():
        if kind_of(model) == kind:
            yield from map(_page, model.objects.live().public().iterator(chunk_size=CHUNK))


def one_page(kind: str, key: str) -> Found | None:
    for model in page_classes():
        if kind_of(model) == kind:
            row = model.objects.live().public().filter(pk=key).first()
            if row:
                return _page(row)
    return None
