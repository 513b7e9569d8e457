"""What a result shows of its text: the words found are marked, all else is escaped."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from marelle.library.definition.search.french import Word, read

READ = 6000
"""Characters of a text in which an extract is looked for."""
WIDTH = 220
"""Characters of an extract, about two lines on a desk, four on a phone."""
CUT = "\N{HORIZONTAL ELLIPSIS}"


def marked(text: str, stems: frozenset[str]) -> SafeString:
    """The text whole, its words found in `<mark>`."""
    return _with_marks(text, [word for word in read(text) if word.stem in stems], 0, len(text))


def extract(text: str, stems: frozenset[str]) -> SafeString:
    """The part of a long text that holds most of the words found; nothing when none stands there."""
    text = text[:READ]
    found = [word for word in read(text) if word.stem in stems]
    if not found:
        return SafeString("")
    first = max(found, key=lambda word: (_around(word, found), -word.start))
    start = _at_a_word(text, max(0, first.start - 40))
    end = _before_a_word(text, start + WIDTH)
    inside = [word for word in found if start <= word.start and word.end <= end]
    shown = _with_marks(text, inside, start, end)
    return format_html("{}{}{}", CUT + " " if start else "", shown, " " + CUT if end < len(text) else "")


def _around(first: Word, found: list[Word]) -> int:
    return len({word.stem for word in found if first.start <= word.start < first.start + WIDTH - 60})


def _at_a_word(text: str, place: int) -> int:
    return place if place == 0 else text.find(" ", place) + 1


def _before_a_word(text: str, place: int) -> int:
    return len(text) if place >= len(text) else max(text.rfind(" ", 0, place), 0) or place


def _with_marks(text: str, words: list[Word], start: int, end: int) -> SafeString:
    pieces: list[tuple[str, str]] = []
    for word in words:
        if word.start >= start:
            pieces.append((text[start : word.start], text[word.start : word.end]))
            start = word.end
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[start:end])
