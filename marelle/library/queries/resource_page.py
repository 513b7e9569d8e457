"""What the page of a resource shows: its files of today, what it holds or where it belongs, what is close to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from marelle.library.enums import Kind, Language, PreviewState
from marelle.library.models import Download, FileVersion, KitItem, PagePicture, Resource, Video

from . import catalogue
from .changes import LAST_CHANGE
from .facets import AGE, ARTICLE, THEME, Row
from .resources import CARD, cards
from .shelves import with_uses

RELATED = 3
KIT_ITEM = (
    "note", "sort_order", "kit__public_id", "kit__slug", "kit__title", "resource__live",
    *(f"resource__{name}" for name in CARD if name != "pk"),
)  # fmt: skip
"""What is shown of a link between a kit and what it holds: a kit's text may be long."""
PREVIEWED = 3
"""Pages of one file that are shown; the first files only, so that a page stays light."""


@dataclass(frozen=True)
class FileOfToday:
    """A file as the page shows it: its last version, and what its first pages look like."""

    version: FileVersion
    pictures: list[PagePicture] = field(default_factory=list)
    taken: int | None = None
    """The version that the reader took last, when they are signed in."""

    @property
    def was_taken_before(self) -> bool:
        return self.taken is not None and self.taken < self.version.number

    @property
    def kind(self) -> str:
        """« PDF », « DOCX »."""
        return self.version.stored.name.rpartition(".")[2].upper()

    @property
    def is_new_version(self) -> bool:
        return self.version.number > 1

    @property
    def foreign_language(self) -> str:
        language = self.version.file.language
        return "" if language == Language.FR else str(Language(language).label)

    @property
    def is_preview_impossible(self) -> bool:
        return self.version.preview == PreviewState.IMPOSSIBLE


@dataclass(frozen=True)
class Shown:
    """Around the text of a resource."""

    themes: list[tuple[str, Any]]
    articles: list[tuple[str, Any]]
    files: list[FileOfToday]
    items: list[KitItem]
    kits: list[Resource]
    related: list[Resource]
    step_minutes: int

    def to(self, taken: Mapping[int, Download]) -> Shown:
        """The same, as seen by who took these files already."""
        numbers = {key: download.version.number for key, download in taken.items()}
        files = [replace(one, taken=numbers.get(one.version.file_id)) for one in self.files]
        return replace(self, files=files)


def whole(public_id: str) -> tuple[Resource, Shown] | None:
    """The resource at this address, and what is around it: the same for all, hence kept (`audit.kept`)."""
    found = online(public_id)
    return (found, around(found)) if found else None


def around(resource: Resource) -> Shown:
    """All of it, for a resource that is online or for the draft of one (which asks the draft itself what it cites)."""
    snapshot = catalogue.snapshot_of_now(as_of=getattr(resource, "as_of", None))
    row = snapshot.row(resource.pk) if resource.pk and resource.live and not is_draft(resource) else None
    links = list(
        KitItem.objects.filter(Q(kit=resource) | Q(resource=resource, kit__live=True))
        .select_related("resource", "kit")
        .only(*KIT_ITEM)
        .order_by("sort_order", "pk")
    ) if resource.pk else []  # fmt: skip
    items = [item for item in links if item.kit_id == resource.pk and item.resource.live]
    return Shown(
        themes=[(slug, snapshot.labels[THEME].get(slug, slug)) for slug in row.themes]
        if row
        else [(theme.slug, theme.name) for theme in resource.themes.all()],
        articles=[(n, snapshot.labels[ARTICLE].get(n, n)) for n in sorted(row.articles, key=int)]
        if row
        else [(str(article.number), str(article)) for article in resource.articles.all()],
        files=files_of_today(resource) if resource.pk else [],
        items=items if resource.kind == Kind.KIT else [],
        kits=[item.kit for item in links if item.resource_id == resource.pk],
        related=related(row, snapshot, [key for item in links for key in (item.kit_id, item.resource_id)])
        if row
        else [],
        step_minutes=minutes_of_steps(resource),
    )


def online(public_id: str) -> Resource | None:
    """The resource at this address with its picture, and with its film when it has one: few have. `as_of`: how far the
    library had changed when it was read, so that nothing need ask again."""
    found = (
        with_uses(Resource.objects.public())
        .annotate(as_of=Coalesce(Subquery(LAST_CHANGE.values("number")[:1]), 0))
        .select_related("picture")
        .filter(public_id=public_id)
        .first()
    )
    if found and found.video_id:
        found.video = Video.objects.select_related("film", "captions", "poster").get(pk=found.video_id)
    return found


def is_draft(resource: Resource) -> bool:
    """What Wagtail rebuilt from a revision says so (`serve_preview`)."""
    return getattr(resource, "is_preview", False)


def files_of_today(resource: Resource) -> list[FileOfToday]:
    """The last version of each file that stands, in order; two queries, one when there is nothing to look at."""
    versions: dict[int, FileVersion] = {}
    for version in (
        FileVersion.objects.filter(file__resource=resource, file__withdrawn_at=None)
        .select_related("file", "stored")
        .order_by("file__position", "file_id", "-number")
    ):
        versions.setdefault(version.file_id, version)
    drawn = [version.pk for version in versions.values() if version.preview == PreviewState.DRAWN][:PREVIEWED]
    pictures = defaultdict(list)
    if drawn:
        for picture in PagePicture.objects.filter(version__in=drawn).order_by("page"):
            pictures[picture.version_id].append(picture)
    return [FileOfToday(version, pictures[version.pk]) for version in versions.values()]


def related(row: Row, snapshot: catalogue.Snapshot, shown_already: Collection[int]) -> list[Resource]:
    """The few that share most themes, articles and ages with this one; the most recent first when they tie."""
    close = snapshot.having(THEME, row.themes) | snapshot.having(ARTICLE, row.articles)
    ages = catalogue.ages_between(row.age_from, row.age_to)
    apart = snapshot.of([row.pk, *shown_already])
    found = close & snapshot.having(AGE.key, ages) & snapshot.live & ~apart
    chosen = {THEME: frozenset(row.themes), ARTICLE: frozenset(row.articles), AGE.key: ages}
    return cards(catalogue.Results(snapshot, chosen, found, {}, None).keys(catalogue.FIT, 0, RELATED))


def minutes_of_steps(resource: Resource) -> int:
    return sum(
        step.get("minutes") or 0 for block in resource.body if block.block_type == "steps" for step in block.value
    )
