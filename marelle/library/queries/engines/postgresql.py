"""A tsvector of words made by us. The field of a word is its first letter: with weights (setweight) GIN would read each
row again to check them (docs/adr/0012)."""

from __future__ import annotations

from django.db import connection

FIELDS = "tksb"
PLACES = """
    SELECT asked.word, asked.place, string_agg(found.entry::text, ',')
    FROM unnest(%s::text[], %s::int[], %s::text[]) AS asked(word, place, term)
    JOIN library_search_words AS found ON found.words @@ asked.term::tsquery
    GROUP BY asked.word, asked.place
"""


def places_of(words: list[str]) -> list[tuple[str, int, list[int]]]:
    asked = [(word, place, f"'{letter}{word}'") for word in words for place, letter in enumerate(FIELDS)]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [list(column) for column in zip(*asked, strict=True)])
        return [(word, place, [*map(int, ids.split(","))]) for word, place, ids in cursor.fetchall()]


def put(rows: list[tuple[int, tuple[list[str], ...]]]) -> None:
    """The words of these entries, in place of those they had."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO library_search_words (entry, words) VALUES (%s, array_to_tsvector(%s)) "
            "ON CONFLICT (entry) DO UPDATE SET words = excluded.words",
            [
                (entry, [letter + word for letter, words in zip(FIELDS, fields, strict=True) for word in words])
                for entry, fields in rows
            ],
        )


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM library_search_words")
