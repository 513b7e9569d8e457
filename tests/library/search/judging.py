"""The judged questions, their corpus, and how well a ranking answers them. Used by the tests and by the bench."""

import json
from collections import defaultdict
from math import log2
from pathlib import Path

import yaml

from marelle.library import definition
from marelle.library.models import SearchEntry, Theme
from marelle.library.queries.search.facts import facts
from marelle.library.queries.search.finding import answer
from marelle.library.registry import Found, searchable

HERE = Path(__file__).parent
DEPTH = 10
LABELS = {
    "resource": "ressource", "practice": "pratique", "guide": "guide", "article": "article de la Convention",
    "page": "page du site", "news": "actualité", "event": "rendez-vous",
}  # fmt: skip


def judged() -> list[dict]:
    return yaml.safe_load((HERE / "judged.yaml").read_text(encoding="utf-8"))


def bring_the_corpus() -> None:
    """As sources that anyone may find, with the themes of the library."""
    Theme.objects.bulk_create(
        [Theme(slug=slug, name=one.name, position=n) for n, (slug, one) in enumerate(definition.themes().items())],
        ignore_conflicts=True,
    )
    things: dict[str, dict[str, Found]] = defaultdict(dict)
    for one in json.loads((HERE / "corpus.json").read_text(encoding="utf-8")):
        kind, key = one["kind"], one["key"]
        facts = {name: tuple(one[name]) for name in ("themes", "articles")}
        things[kind][key] = Found(
            key, one["title"], one["summary"], f"/{kind}/{key}/", keywords=one["keywords"], body=one["body"],
            ages=tuple(one["ages"]) if one["ages"] else None, **facts,
        )  # fmt: skip
    for kind, found in things.items():
        searchable(kind, LABELS[kind], LABELS[kind], every=lambda found=found: list(found.values()), one=found.get)


def best(text: str) -> list[str]:
    pks = answer(text, facts=facts()).page(0, DEPTH)
    keys = dict(SearchEntry.objects.filter(pk__in=pks).values_list("pk", "key"))
    return [keys[pk] for pk in pks]


def ndcg(found: list[str], answers: dict) -> float:
    """Normalised discounted cumulative gain at ten: 1 when nothing could be ordered better, 0 when nothing answers."""
    grades = {str(key): grade for key, grade in answers.items()}
    gain = sum((2 ** grades.get(key, 0) - 1) / log2(place + 2) for place, key in enumerate(found[:DEPTH]))
    ideal = sorted(grades.values(), reverse=True)[:DEPTH]
    return gain / sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(ideal))
