"""What a resource says, as the Typst templates of `library/typst/` print it: in colour, or in black line."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marelle.library.enums import Setting, Variant
from marelle.library.models import Article, Resource
from marelle.ui import pictograms
from marelle.ui.drawings import coloured, in_black

Said = list[dict[str, Any]]
MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}


def sheet(resource: Resource, *, variant: str, edition: int = 1, printed_on: str = "") -> dict[str, Any]:
    """Its own text, block by block."""
    return {
        **heading(resource, variant=variant, edition=edition, printed_on=printed_on),
        "summary": resource.summary,
        "facts": facts(resource),
        "body": [_block(child.block_type, child.value) for child in resource.body],
    }


def heading(resource: Resource, *, variant: str, edition: int = 1, printed_on: str = "") -> dict[str, Any]:
    """What each of its papers says of it."""
    articles = list(resource.articles.all())
    return {
        "kind": str(resource.get_kind_display()),
        "black": variant == Variant.BLACK_AND_WHITE,
        "articles": [{"number": one.number, "title": one.title, "picto": one.picto} for one in articles],
        "pictos": drawings(articles, variant),
        "edition": edition,
        "printed_on": printed_on,
        "author": resource.author,
        "address": f"{settings.SITE_URL}{resource.get_absolute_url()}".partition("://")[2],
        "demonstration": resource.is_demonstration,
    }


def drawings(articles: list[Article], variant: str) -> dict[str, str]:
    """SVG by code, of those that we have."""
    draw = in_black if variant == Variant.BLACK_AND_WHITE else coloured
    return {one.picto: draw(one.picto) for one in articles if one.picto in pictograms.load()}


def facts(resource: Resource) -> list[dict[str, str]]:
    """For whom, how long, how many, where: what one looks at first."""
    said = [(_("Âge"), _("%(first)d à %(last)d ans") % {"first": resource.age_from, "last": resource.age_to})]
    if resource.minutes_from and resource.minutes_to:
        said.append((_("Durée"), _span(resource.minutes_from, resource.minutes_to, _("min"))))
    if resource.group_from and resource.group_to:
        said.append((_("Groupe"), _span(resource.group_from, resource.group_to, _("enfants"))))
    where = [str(Setting(one).label) for one in resource.settings]
    if where:
        said.append((_("Cadre"), ", ".join(where)))
    return [{"label": label, "value": value} for label, value in said]


def _span(first: int, last: int, unit: str) -> str:
    if first == last:
        return f"{first} {unit}"
    return _("%(first)d à %(last)d %(unit)s") % {"first": first, "last": last, "unit": unit}


def _block(kind: str, value: Any) -> dict[str, Any]:
    match kind:
        case "heading":
            return {"kind": kind, "text": str(value)}
        case "material":
            return {"kind": kind, "items": [str(one) for one in value]}
        case "steps":
            steps = [_step(one) for one in value]
            return {"kind": kind, "steps": steps, "minutes": sum(one["minutes"] for one in steps)}
    return {"kind": kind, "said": said(value.source)}


def _step(one: Any) -> dict[str, Any]:
    minutes = one["minutes"] or 0
    return {
        "title": one["title"],
        "minutes": minutes,
        "shown": ngettext("%(n)d min", "%(n)d min", minutes) % {"n": minutes} if minutes else "",
        "said": said(one["text"].source),
    }


def said(html: str) -> Said:
    """Rich text as paragraphs and lists of runs: `{"kind": "p", "runs": [{"text": …, "bold": true}]}`."""
    reader = _Runs()
    reader.feed(html)
    reader.close()
    return [part for part in reader.parts if part.get("runs") or part.get("items")]


class _Runs(HTMLParser):
    """Only what the editor of our blocks can write: paragraphs, lists, bold, italic, links. The rest is its text."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: Said = []
        self.marks: list[str] = []
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self.parts.append({"kind": tag, "items": []})
        elif tag == "li":
            if not self.parts or "items" not in self.parts[-1]:
                self.parts.append({"kind": "ul", "items": []})
            self.parts[-1]["items"].append([])
        elif tag == "p":
            self.parts.append({"kind": "p", "runs": []})
        elif tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS and MARKS[tag] in self.marks:
            self.marks.remove(MARKS[tag])
        elif tag == "a":
            self.href = ""

    def handle_data(self, data: str) -> None:
        run = {"text": data, "bold": "bold" in self.marks, "italic": "italic" in self.marks}
        if self.href.startswith("https://"):
            run["href"] = self.href
        runs = self._open(data)
        if runs is not None:
            runs.append(run)

    def _open(self, data: str) -> list[dict[str, Any]] | None:
        """Where text goes now; none for the blanks between two parts."""
        last = self.parts[-1] if self.parts else None
        if last and last["kind"] == "p":
            return last["runs"]
        if last and last["items"]:
            return last["items"][-1]
        if not data.strip():
            return None
        self.parts.append({"kind": "p", "runs": []})
        return self.parts[-1]["runs"]
