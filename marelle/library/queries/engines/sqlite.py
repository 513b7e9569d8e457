"""FTS5. A word is a run of letters and digits, made by us: it is quoted, so that nothing in it is an operator."""

from __future__ import annotations

from django.db import connection

FIELDS = ("title", "keywords", "summary", "body")
PLACES = "SELECT %s, %s, group_concat(rowid) FROM library_search_words WHERE library_search_words MATCH %s"
AT_ONCE = 100
"""Terms of one compound SELECT; SQLite stops at 500."""


def places_of(words: list[str]) -> list[tuple[str, int, list[int]]]:
    """In one statement, but for a question that no finger types."""
    asked = [(word, place, f'{field} : "{word}"') for word in words for place, field in enumerate(FIELDS)]
    found: list[tuple[str, int, list[int]]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(asked), AT_ONCE):
            part = asked[start : start + AT_ONCE]
            cursor.execute(" UNION ALL ".join([PLACES] * len(part)), [value for one in part for value in one])
            found += [(word, place, [*map(int, ids.split(","))]) for word, place, ids in cursor.fetchall() if ids]
    return found


def put(rows: list[tuple[int, tuple[list[str], ...]]]) -> None:
    """The words of these entries, in place of those they had."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM library_search_words WHERE rowid = %s", [(entry,) for entry, _fields in rows])
        cursor.executemany(
            "INSERT INTO library_search_words (rowid, title, keywords, summary, body) VALUES (%s, %s, %s, %s, %s)",
            [(entry, *(" ".join(words) for words in fields)) for entry, fields in rows],
        )


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM library_search_words")
