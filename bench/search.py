"""The search of the library on one engine: how good its order is on the judged questions, then how long a question takes
among 20 000 things, and what the page gives under load beside the yardstick.

The 20 000 are the judged corpus told again with their sentences exchanged, so that common words are as common as in
real texts. `BENCH_ENTRIES=100000` for more.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import time
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from bench.load import put_load_on
from bench.process import begun
from bench.rows import Row
from bench.serving import BARE_PORT, MARELLE_PORT, served

ENTRIES = int(os.environ.get("BENCH_ENTRIES", "20000"))
MANY = 20
"""Times each question is asked."""


def judge() -> tuple[float, int]:
    """Mean nDCG@10 of the sixty questions over their corpus, and how many differ from the published order."""
    from marelle.library import registry
    from marelle.library.actions.search import read_everything
    from tests.library.search.judging import HERE, best, bring_the_corpus, judged, ndcg

    registry.sources.clear()
    bring_the_corpus()
    read_everything(anew=True)
    published = json.loads((HERE / "order.json").read_text())
    found = {one["q"]: best(one["q"]) for one in judged()}
    worth = statistics.mean(ndcg(found[one["q"]], one["answers"]) for one in judged())
    return worth, sum(found[q] != published[q] for q in found)


def many(count: int) -> dict[str, Any]:
    from datetime import date, timedelta

    from marelle.library.registry import Found
    from tests.library.search.judging import HERE

    corpus = json.loads((HERE / "corpus.json").read_text())
    chance = random.Random(2026)
    sentences = [part for one in corpus for part in one["body"].split(". ") if len(part) > 20]
    made: dict[str, Any] = {}
    for number in range(count):
        one, other = chance.choice(corpus), chance.choice(corpus)
        made[str(number)] = Found(
            str(number), f"{one['title']} {number}", other["summary"], f"/r/{number}/", keywords=one["keywords"],
            body=". ".join(chance.choices(sentences, k=12)), themes=tuple(one["themes"]),
            ages=tuple(one["ages"]) if one["ages"] else None, articles=tuple(one["articles"]),
            dated=date(2026, 1, 1) + timedelta(days=chance.randrange(330)),
        )  # fmt: skip
    return made


def fill(count: int) -> float:
    """Seconds to read so many things anew."""
    from marelle.library import registry
    from marelle.library.actions.search import read_everything

    made = many(count)
    registry.sources.clear()
    registry.searchable("resource", "ressource", "ressources", every=made.values, one=made.get)
    began = time.perf_counter()
    read_everything(anew=True)
    return time.perf_counter() - began


def asked(questions: list[str], *, remembered: bool) -> list[float]:
    """Milliseconds of each question, from words to a page of results: with the words lately asked remembered, or not."""
    from marelle.library.queries.search.facts import facts
    from marelle.library.queries.search.finding import answer
    from marelle.library.queries.search.results import facets, results

    facts()
    took: list[float] = []
    for text in questions * MANY:
        if not remembered:
            facts().forget_words()
        began = time.perf_counter()
        found = answer(text, facts=facts())
        results(found, 0)
        facets(found)
        took.append(1000 * (time.perf_counter() - began))
    return took


def measure(engine: str) -> list[Row]:
    from bench.measure import queries_of
    from tests.library.search.judging import judged

    row = partial(Row, engine)
    worth, different = judge()
    rows = [row("search nDCG@10", worth, "", goal=0.8, bounds="value", errors=different, said="60 judged questions; errors: orders that differ from the published one")]  # fmt: skip
    seconds = fill(ENTRIES)
    rows.append(row("search read anew", ENTRIES / seconds, "/s", said=f"{ENTRIES} things in {seconds:.1f} s"))
    questions = [one["q"] for one in judged()]
    for said, remembered in (("words not remembered", False), ("words remembered", True)):
        took = statistics.quantiles(asked(questions, remembered=remembered), n=20)
        rows.append(row("search p50", took[9], "ms", said=f"one question among {ENTRIES}, {said}"))
        rows.append(row("search p95", took[18], "ms", said=f"one question among {ENTRIES}, {said}"))
    began = time.perf_counter()
    from marelle.library.queries.search.facts import facts, forget_facts

    forget_facts()
    facts()
    rows.append(row("search facts read", 1000 * (time.perf_counter() - began), "ms", said="once in each process, when the index changed"))  # fmt: skip
    for one in rows:
        print(f"[{engine}] {one.name}: {one.value:.2f} {one.unit} ({one.said})", flush=True)
    paths = tuple(f"/recherche/?q={quote_plus(q)}" for q in questions)
    queries = max(queries_of(path, "") for path in paths)
    with (
        served("marelle.config.wsgi:application", MARELLE_PORT, "/health/live"),
        served("bench.bare:application", BARE_PORT, "/bare/"),
    ):
        bare = put_load_on(BARE_PORT, ("/bare/",))
        page = put_load_on(MARELLE_PORT, paths, cookie="a=b")
        kept = put_load_on(MARELLE_PORT, paths)
    rows += [
        row("search page", page.per_second, "/s", "bare view", bare.per_second, 0.3, queries=queries, query_goal=6,
            errors=page.errors, said=f"p50 {page.p50:.0f} ms, p95 {page.p95:.0f} ms"),
        row("search page, page cache", kept.per_second, "/s", "bare view", bare.per_second, errors=kept.errors,
            said=f"p50 {kept.p50:.0f} ms, p95 {kept.p95:.0f} ms"),
    ]  # fmt: skip
    return rows


def main() -> None:
    options = begun()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    rows = measure(options.engine)
    Path(options.out).write_text(json.dumps([one.as_json() for one in rows]))


if __name__ == "__main__":
    main()
