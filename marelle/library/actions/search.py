"""The index kept in step with what is public. The only door to it: what a thing says is asked of its own app
(`library.registry`), never given."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction

from marelle.core.planner import count_anew
from marelle.library.definition.search import entries
from marelle.library.definition.search.french import clean
from marelle.library.models import SearchEntry, SearchState, SearchWord, Theme
from marelle.library.queries.engines import engine
from marelle.library.registry import Found, Source, sources

BATCH = 200
"""Entries written in one transaction when all are read anew: other writers wait no longer than that."""
WRITTEN = ("title", "summary", "address", "keywords", "body", "facets", "dated", "is_demonstration")
Vocabulary = dict[str, tuple[str, str]]
"""Word without accents → (as written, stem)."""
LONGEST_BODY = 40_000
"""Characters of a text that are indexed."""


@dataclass(frozen=True)
class Counts:
    """What reading everything anew changed."""

    entries: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def repaired(self) -> int:
        return self.added + self.changed + self.removed


@transaction.atomic
def refresh(kind: str, *keys: str) -> int:
    """Have the search say of these things what is public of them now, in the caller's transaction: a thing that is
    public no more is gone with it. Nothing to do: nothing written. Gives how many entries changed."""
    source = sources.get(kind)
    if source is None:
        return 0
    found = {key: _told(source.one(key)) for key in dict.fromkeys(keys)}
    entries_of = {e.key: e for e in SearchEntry.objects.filter(kind=kind, key__in=list(found))}
    names = _theme_names() if any(found.values()) else {}
    changed = 0
    for key, told in found.items():
        before = entries_of.get(key)
        if told is None:
            if before:
                _change(gone=[before], put=[])
                changed += 1
            continue
        row = _row(source, told, names)
        if before is None or _differs(before, row):
            _change(gone=[], put=[(before, row)])
            changed += 1
    return changed


def rows_changed(sender: type, instance: Any, **_facts: Any) -> None:
    """An action wrote in the log that it changed this row: whatever is found through it is asked again."""
    for source in sources.values():
        keys_of = source.rows.get(sender)
        if keys_of:
            refresh(source.kind, *keys_of(instance))


def read_everything(*, anew: bool = False) -> Counts:
    """Compare every source with the index, and set right what differs; `anew`: write the words of every entry again.
    In short transactions, so that nobody waits. A new analysis (words, endings) has everything written anew."""
    state = SearchState.objects.filter(pk=1).first()
    anew = anew or state is None or state.analysis != entries.analysis()
    total = Counts()
    for kind in set(SearchEntry.objects.order_by().values_list("kind", flat=True).distinct()) - set(sources):
        total = _sum(total, Counts(removed=_remove(SearchEntry.objects.filter(kind=kind))))
    names = _theme_names()
    for source in sources.values():
        total = _sum(total, _read_source(source, names, anew))
    if anew:
        _count_words()
        with transaction.atomic():
            SearchState.objects.update_or_create(pk=1, defaults={"analysis": entries.analysis()})
    if total.repaired or anew:
        count_anew(SearchEntry, SearchWord)
    return total


def _read_source(source: Source, names: dict[str, str], anew: bool) -> Counts:
    seen: set[str] = set()
    added = changed = 0
    for batch in _batches(filter(_told, source.every())):
        rows = {told.key: _row(source, told, names) for told in batch}
        seen |= rows.keys()
        with transaction.atomic():
            before = {e.key: e for e in SearchEntry.objects.filter(kind=source.kind, key__in=list(rows))}
            added += len(rows) - len(before)
            put = [(before.get(key), row) for key, row in rows.items()]
            different = [pair for pair in put if pair[0] is None or _differs(pair[0], pair[1])]
            changed += len(different) - (len(rows) - len(before))
            if anew or different:
                _change(gone=[], put=put if anew else different, count=not anew)
    stored = SearchEntry.objects.filter(kind=source.kind)
    gone = [pk for pk, key in stored.values_list("pk", "key") if key not in seen]
    removed = sum(_remove(stored.filter(pk__in=gone[n : n + BATCH])) for n in range(0, len(gone), BATCH))
    return Counts(len(seen), added, changed, removed)


@transaction.atomic
def _remove(rows: Any) -> int:
    gone = list(rows)
    if gone:
        _change(gone=gone, put=[])
    return len(gone)


def _change(*, gone: list[SearchEntry], put: list[tuple[SearchEntry | None, SearchEntry]], count: bool = True) -> None:
    """One change of the index: its number first, under whose lock all the rest is counted. Without `count`, whoever
    calls counts the words again at the end."""
    state, _new = SearchState.objects.select_for_update().get_or_create(pk=1)
    state.version = secrets.randbits(62) + 1
    state.save(update_fields=["version"])
    readings = [_reading(row) for _before, row in put]
    if count:
        before = [*gone, *(before for before, _row_ in put if before is not None)]
        _count([_reading(entry).vocabulary for entry in before], [reading.vocabulary for reading in readings])
    for known, row in put:
        row.pk = known.pk if known else None
    SearchEntry.objects.bulk_create([row for known, row in put if known is None])
    changed = [row for known, row in put if known is not None and _differs(known, row)]
    if changed:
        SearchEntry.objects.bulk_update(changed, WRITTEN, batch_size=50)
    if put:
        engine().put([(row.pk, reading.fields) for (_known, row), reading in zip(put, readings, strict=True)])
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in gone]).delete()


def _count(before: Iterable[Vocabulary], after: Iterable[Vocabulary]) -> None:
    """The words of some entries, as they were and as they are."""
    uses: Counter[str] = Counter()
    written: Vocabulary = {}
    for words in before:
        uses.subtract(words.keys())
    for words in after:
        uses.update(words.keys())
        written |= words
    moved = {word: by for word, by in uses.items() if by}
    if not moved:
        return
    known = SearchWord.objects.in_bulk(sorted(moved))
    rows: list[SearchWord] = []
    for word, by in sorted(moved.items()):
        row = known.get(word) or SearchWord(word=word, uses=0)
        row.uses += by
        if word in written:
            row.written, row.stem = written[word]
        rows.append(row)
    SearchWord.objects.filter(word__in=[row.word for row in rows if row.uses <= 0]).delete()
    _write_words([row for row in rows if row.uses > 0])


@transaction.atomic
def _count_words() -> None:
    """Count every word of every entry again."""
    SearchState.objects.select_for_update().get_or_create(pk=1)
    uses: Counter[str] = Counter()
    written: Vocabulary = {}
    for entry in SearchEntry.objects.iterator(chunk_size=500):
        words = _reading(entry).vocabulary
        uses.update(words.keys())
        for word, pair in words.items():
            written.setdefault(word, pair)
    SearchWord.objects.all().delete()
    _write_words(
        [SearchWord(word=w, written=written[w][0], stem=written[w][1], uses=count) for w, count in sorted(uses.items())]
    )


def _write_words(rows: list[SearchWord]) -> None:
    SearchWord.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["word"], update_fields=["written", "stem", "uses"]
    )


def _told(found: Found | None) -> Found | None:
    """What has no page cannot be found."""
    return found if found and found.address else None


def _row(source: Source, told: Found, names: dict[str, str]) -> SearchEntry:
    keywords = [told.keywords, str(source.label), *(names.get(slug, "") for slug in told.themes)]
    return SearchEntry(
        kind=source.kind,
        key=told.key,
        title=clean(told.title)[:300],
        summary=clean(told.summary),
        address=told.address[:300],
        keywords=clean(" ; ".join(filter(None, keywords))),
        body=clean(told.body)[:LONGEST_BODY],
        facets=entries.facets(themes=told.themes, ages=told.ages, articles=told.articles),
        dated=told.dated,
        is_demonstration=told.is_demonstration,
    )


def _differs(before: SearchEntry, row: SearchEntry) -> bool:
    return any(getattr(before, name) != getattr(row, name) for name in WRITTEN)


def _reading(row: SearchEntry) -> entries.Reading:
    return entries.reading(
        title=row.title, keywords=row.keywords, summary=row.summary, body=row.body, facets=row.facets
    )


def _theme_names() -> dict[str, str]:
    return dict(Theme.objects.values_list("slug", "name"))


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    rows = iter(found)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(
        one.entries + other.entries, one.added + other.added, one.changed + other.changed, one.removed + other.removed
    )
