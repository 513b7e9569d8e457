"""Which pictures and films a page shows, and which pages show them: read from Wagtail's index of references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex

from marelle.accounts.enums import PUBLISHES_PAGES, Role
from marelle.accounts.models import Membership, User
from marelle.library.enums import Showing
from marelle.library.models import ImageConsent, Picture, Video


@dataclass(frozen=True)
class Use:
    """A page or a sheet that shows a picture or a film."""

    thing: Any
    title: str
    kind: str
    is_live: bool
    url: str


def is_agreed(thing: Picture | Video, on: date) -> bool:
    """Whether every child it shows is covered by a consent that day, as `actions.media.reckon` wrote down."""
    return thing.showing != Showing.CHILDREN or bool(thing.consented_until and thing.consented_until >= on)


def media_in(thing: Any) -> tuple[list[Picture], list[Video]]:
    """Pictures and films that this object shows as it stands in memory: its fields, its child rows, the blocks of its
    StreamFields, and the waiting picture of each film. Read from the object itself, so that the draft about to be
    published is judged, and not what is online."""
    kinds = {model: ContentType.objects.get_for_model(model).pk for model in (Picture, Video)}
    found: dict[int, set[str]] = {pk: set() for pk in kinds.values()}
    for content_type, pk, *_path in ReferenceIndex._extract_references_from_object(thing):
        if content_type in found:
            found[content_type].add(pk)
    videos = list(Video.objects.filter(pk__in=found[kinds[Video]]).select_related("poster"))
    wanted = {int(pk) for pk in found[kinds[Picture]]} | {one.poster_id for one in videos if one.poster_id}
    return list(Picture.objects.filter(pk__in=wanted).order_by("pk")), videos


def uses(thing: Picture | Video) -> list[Use]:
    """What shows it, online first. A film's waiting picture is shown where the film is."""
    things: list[Picture | Video] = [thing]
    if isinstance(thing, Picture):
        things += Video.objects.filter(poster=thing)
    found: dict[tuple[str, Any], Use] = {}
    for one in things:
        for source, _references in ReferenceIndex.get_grouped_references_to(one):
            if isinstance(source, Picture | Video | ImageConsent):
                continue
            source = getattr(source, "specific_deferred", source)
            found[(source._meta.label, source.pk)] = _use(source)
    return sorted(found.values(), key=lambda use: (not use.is_live, use.kind, use.title))


def _use(source: Any) -> Use:
    address = getattr(source, "get_absolute_url", None) or getattr(source, "get_url", None)
    return Use(
        thing=source,
        title=str(getattr(source, "title", source)),
        kind=str(source._meta.verbose_name),
        is_live=bool(getattr(source, "live", False)),
        url=(address() or "") if address else "",
    )


def consents(about: Picture | Video) -> list[ImageConsent]:
    """Latest first; each knows what it is about without asking again."""
    rows = list(about.consents.select_related("proof", "recorded_by").order_by("-given_on", "-pk"))
    for one in rows:
        setattr(one, "picture" if isinstance(about, Picture) else "video", about)
    return rows


def covered(about: Picture | Video, rows: Iterable[ImageConsent], on: date) -> dict[str, date]:
    """Each child (by its mark in the picture) for whom a consent holds that day, and until when."""
    until: dict[str, date] = {}
    for one in rows:
        if one.holds(on):
            mark = " ".join(one.reference.casefold().split())
            until[mark] = max(one.valid_until, until.get(mark, one.valid_until))
    return until


def keepers(on: date) -> list[User]:
    """Who is told that a picture is hidden, or soon will be: those who publish; the managers when nobody does."""
    today = Membership.objects.on(on)
    people = today.filter(role=Role.PUBLISHER)
    if not people.exists():
        people = today.filter(role__in=PUBLISHES_PAGES)
    return list(User.objects.filter(pk__in=people.values("user"), is_active=True).order_by("pk"))


def showing_children() -> list[Picture | Video]:
    """Everything that shows children, what is hidden first, then what will be soonest."""
    found: list[Picture | Video] = [
        *Picture.objects.filter(showing=Showing.CHILDREN).prefetch_related("consents"),
        *Video.objects.filter(showing=Showing.CHILDREN).prefetch_related("consents"),
    ]
    return sorted(found, key=lambda one: (one.consented_until or date.min, one.title, one.pk))


def credited(on: date) -> list[Picture | Video]:
    """Pictures and films to which something online refers, and that may be shown that day: four queries at most for
    each kind of page that shows some, however many pages there are."""
    found: list[Picture | Video] = []
    models: tuple[type[Picture] | type[Video], ...] = (Picture, Video)
    for model in models:
        kind = ContentType.objects.get_for_model(model)
        sources: dict[int, dict[str, set[str]]] = {}
        rows = ReferenceIndex.objects.filter(to_content_type=kind)
        for base, source, target in rows.values_list("base_content_type", "object_id", "to_object_id"):
            sources.setdefault(base, {}).setdefault(source, set()).add(target)
        shown: set[str] = set()
        for base, targets in sources.items():
            of = ContentType.objects.get_for_id(base).model_class()
            if of is not None and hasattr(of, "live"):
                live = of._default_manager.filter(pk__in=list(targets), live=True).values_list("pk", flat=True)
                shown = shown.union(*(targets[str(pk)] for pk in live))
        found += [one for one in model.objects.filter(pk__in=list(shown)) if is_agreed(one, on)]
    return sorted(found, key=lambda one: one.title)
