"""Fill the demonstration's library: resources as the YAML says them, with PDFs that Typst makes from their very text."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.timezone import localtime
from pypdf import PdfReader

from marelle.accounts.enums import Role
from marelle.accounts.models import Membership
from marelle.audit.actions import record
from marelle.core.models import predictable_ids
from marelle.core.rules import Refused
from marelle.demo.definition import Block, File, resources
from marelle.demo.definition import Resource as Written
from marelle.demo.definition.markup import html
from marelle.documents.actions import store_bytes
from marelle.documents.typesetting import pdf
from marelle.library.actions import reference
from marelle.library.definition import themes
from marelle.library.enums import Access, Format, PreviewState, Variant
from marelle.library.models import Article, FileVersion, KitItem, Resource, ResourceFile, Theme
from marelle.library.queries import papers
from marelle.library.tasks import draw_pages

Say = Callable[[str], None]
VARIANTS = {Variant.COLOUR: "", Variant.BLACK_AND_WHITE: " en noir et blanc"}
OLDEST = 320
"""Days ago that the first resource was published."""
LICENCE = "CC BY-SA 4.0"


@dataclass
class Shelf:
    """What filling it takes: chance, the clock, who writes and who publishes, the reference rows."""

    chance: random.Random
    now: datetime
    writer: Any
    publisher: Any
    themes: dict[str, Theme]
    articles: dict[int, Article]


@dataclass(frozen=True)
class Print:
    """A PDF to be made: for which version of which file, from what."""

    version: FileVersion
    template: str
    data: dict[str, Any]
    title: str
    name: str


@transaction.atomic
def make(*, seed: int, at: datetime, keys: Iterable[str] | None = None, say: Say = lambda line: None) -> int:
    """Resources of every kind and state, marked as demonstration; gives how many. Run again, it changes nothing.

    `keys`: only these. The same seed on the same day gives the same library.
    """
    if not settings.DEMO:
        raise Refused("La démonstration demande MARELLE_DEMO=1.")
    if Resource.objects.filter(is_demonstration=True).exists():
        return 0
    reference.load(by=None, at=at)
    written = resources()
    chosen = [written[key] for key in keys] if keys is not None else [*written.values()]
    with predictable_ids(seed + 1):  # The year's own ids come from `seed`.
        shelf = _shelf(seed, at)
        made: dict[str, Resource] = {}
        prints: list[Print] = []
        for number, one in enumerate(chosen, 1):
            say(f"{number}/{len(chosen)} ressources")
            made[one.key] = _put(shelf, one, made)
            prints += _files(shelf, one, made[one.key])
        _print(shelf, prints, say)
    record("demo.library.made", on=Resource, by=None, at=at, seed=seed, resources=len(made), files=len(prints))
    return len(made)


def _shelf(seed: int, at: datetime) -> Shelf:
    return Shelf(
        random.Random(seed), at, someone(Role.EDITOR), someone(Role.PUBLISHER),
        Theme.objects.in_bulk(list(themes()), field_name="slug"), Article.objects.in_bulk(),
    )  # fmt: skip


def someone(role: Role) -> Any:
    """Who holds this seat in the demonstration, or who may act for them; nobody on an empty installation."""
    found = Membership.objects.filter(role__in=[role, Role.MANAGER]).select_related("user").order_by("pk")
    return next((one.user for one in sorted(found, key=lambda one: one.role != role)), None)


def _put(shelf: Shelf, one: Written, made: dict[str, Resource]) -> Resource:
    """The sheet with its revision, in the state that the YAML wants."""
    published = shelf.now - timedelta(days=shelf.chance.randint(8, OLDEST), minutes=shelf.chance.randint(0, 500))
    nobody: list[int | None] = [None, None]
    minutes, group = one.minutes or nobody, one.group or nobody
    resource = Resource(
        slug=slugify(one.title.replace("œ", "oe"))[:80].strip("-"), title=one.title, summary=one.summary, kind=one.kind,
        age_from=one.ages[0], age_to=one.ages[1], minutes_from=minutes[0], minutes_to=minutes[1],
        group_from=group[0], group_to=group[1], settings=[*one.settings], goals=[*one.goals],
        languages=[*one.languages], formats=_formats(one), access=_access(one), keywords=one.keywords,
        author=one.author, licence=one.licence or LICENCE, body=body_of(one.body),
        review_on=_review_on(shelf, one, published), is_demonstration=True, live=False,
    )  # fmt: skip
    resource.themes.set([shelf.themes[slug] for slug in one.themes])
    resource.articles.set([shelf.articles[number] for number in one.articles])
    resource.items.set([KitItem(resource=made[key], sort_order=n) for n, key in enumerate(one.items)])
    resource.save()
    _publish(shelf, one, resource, published)
    return resource


def _publish(shelf: Shelf, one: Written, resource: Resource, published: datetime) -> None:
    if one.state == "scheduled":
        resource.go_live_at = shelf.now + timedelta(days=6)
    revision = resource.save_revision(user=shelf.writer, log_action=False)
    if one.state == "review" and (workflow := resource.get_workflow()) is not None:
        workflow.start(resource, shelf.writer)
    elif one.state not in {"draft", "review"}:
        revision.publish(user=shelf.publisher, log_action=False, skip_permission_checks=True)
    if one.state in {"published", "stale"}:
        Resource.objects.filter(pk=resource.pk).update(first_published_at=published, last_published_at=published)
        resource.refresh_from_db()


def _review_on(shelf: Shelf, one: Written, published: datetime) -> Any:
    if one.state == "stale":
        return (shelf.now - timedelta(days=shelf.chance.randint(5, 90))).date()
    return (published + timedelta(days=730)).date()


def _formats(one: Written) -> list[str]:
    found = [Format.ONLINE, *([Format.PDF] if one.files else []), *one.formats]
    return [value for value in Format.values if value in found]


def _access(one: Written) -> list[str]:
    """Every file is printed in black line too."""
    found = [*one.access, *([Access.BLACK_AND_WHITE] if one.files else [])]
    return [value for value in Access.values if value in found]


def body_of(blocks: Iterable[Block], *, title: str = "") -> list[tuple[str, Any]]:
    """As the editor would have typed it. With a `title`, a chapter: its own sub-titles begin no other."""
    if not title:
        return [_block(block) for block in blocks]
    written = [
        ("text", f"<p><b>{escape(block.value)}</b></p>") if block.kind == "heading" else _block(block)
        for block in blocks
    ]
    return [("heading", title), *written]


def _block(block: Block) -> tuple[str, Any]:
    if block.kind == "steps":
        return block.kind, [{"title": s.title, "minutes": s.minutes, "text": html(s.text)} for s in block.value]
    if block.kind in {"text", "tip", "watch"}:
        return block.kind, html(block.value)
    return block.kind, block.value


def _files(shelf: Shelf, one: Written, resource: Resource) -> list[Print]:
    """Rows for each file in its two printings; two versions when the YAML says what the second changed."""
    prints = []
    dates = [resource.first_published_at or shelf.now - timedelta(days=2)]
    for file in one.files:
        for variant, suffix in VARIANTS.items():
            row = ResourceFile.objects.create(
                resource=resource, label=file.label, variant=variant, position=resource.files.count(),
                language=one.languages[0],
            )  # fmt: skip
            added = [*dates, shelf.now - timedelta(days=5)] if file.changes else dates
            for number, on in enumerate(added, 1):
                version = FileVersion(
                    file=row, number=number, changes=file.changes if number > 1 else "", added_at=on,
                    added_by=shelf.writer, preview=_preview(resource, variant, number == len(added)),
                )  # fmt: skip
                prints.append(
                    Print(
                        version, f"library/typst/{file.make}.typ", _data(one, file, resource, variant, number, on),
                        one.title if file.make == "sheet" else f"{one.title} · {file.label}",
                        f"{resource.slug}-{slugify(file.label)}{slugify(suffix) and '-noir-et-blanc'}.pdf",
                    )
                )  # fmt: skip
    return prints


def _preview(resource: Resource, variant: str, is_latest: bool) -> str:
    """The pages one looks at before downloading: of what is online, in colour, as it is today. The worker draws them."""
    wanted = resource.live and is_latest and variant == Variant.COLOUR
    return PreviewState.WAITING if wanted else PreviewState.NONE


def _data(one: Written, file: File, resource: Resource, variant: str, number: int, on: datetime) -> dict[str, Any]:
    printed_on = date_format(localtime(on), "F Y")
    look = {"colour": one.kind.value, "of": one.title, "ages": f"{one.ages[0]}-{one.ages[1]} ans"}
    if file.make == "sheet":
        return look | papers.sheet(resource, variant=variant, edition=number, printed_on=printed_on)
    data = look | papers.heading(resource, variant=variant, edition=number, printed_on=printed_on)
    pages = [
        {"title": page.title, "said": papers.said(html(page.text)), "length": len(page.text)} for page in file.pages
    ]
    return data | {
        "headline": file.title or one.title, "cards": file.cards, "lines": file.lines, "pages": pages,
    }  # fmt: skip


def _print(shelf: Shelf, prints: list[Print], say: Say) -> None:
    """Every PDF, on as many cores as there are: Typst waits for no lock of Python's."""
    with ThreadPoolExecutor() as pool:
        contents = pool.map(lambda one: pdf(one.template, one.data, title=one.title), prints)
        for number, (one, content) in enumerate(zip(prints, contents, strict=True), 1):
            say(f"{number}/{len(prints)} PDF")
            one.version.stored = store_bytes(
                content, name=one.name, mime="application/pdf", by=shelf.writer, at=one.version.added_at
            )
            one.version.pages = len(PdfReader(BytesIO(content)).pages)
            one.version.save()
            if one.version.preview == PreviewState.WAITING:
                transaction.on_commit(partial(draw_pages.enqueue, one.version.pk))
