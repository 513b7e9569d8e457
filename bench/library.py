"""The public site and the library at 20 000 resources: each page drawn anew, then from the page cache, beside the same
yardsticks; and what a first visit weighs.

« Drawn anew » is asked with a cookie that means nothing: the cache of whole pages is for readers who carry none.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
import urllib.request
from functools import partial
from pathlib import Path
from urllib.parse import quote_plus

from bench.load import CLIENTS, put_load_on
from bench.measure import between, queries_of
from bench.process import begun
from bench.rows import Row
from bench.serving import BARE_PORT, MARELLE_PORT, served

SEARCHES = ("cour de récréation", "harcelement", "jardin", "droits de l'enfant", "theatre", "premiers secours",
            "bugdet conseil", "dessiner la nuit", "handicap", "eau climat")  # fmt: skip
CHOICES = ("", "?theme=sante", "?age=8", "?cadre=class&duree=15-30", "?article=12", "?langue=fr&theme=loisirs&page=3")
NO_CACHE = "lecteur=1"
MOST_WEIGHT, MOST_SCRIPT = 150.0, 40.0
"""Kilobytes, compressed, pictures aside: the goals of the issue."""


def weight(path: str) -> tuple[float, float]:
    """Kilobytes of a first visit: the page, its styles, scripts and letters, compressed; and of these, the scripts."""
    origin = f"http://127.0.0.1:{MARELLE_PORT}"

    def packed(address: str) -> tuple[int, bytes]:
        asked = urllib.request.Request(origin + address, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            body = answer.read()
            if answer.headers.get("Content-Encoding") == "gzip":
                return len(body), gzip.decompress(body)
        is_text = not address.endswith(".woff2")
        return len(gzip.compress(body)) if is_text else len(body), body

    size, html = packed(path)
    named = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|woff2))"', html.decode()))
    sizes = {name: packed(name) for name in named}
    letters = {
        f"/static/{'/'.join(name.split('/')[2:-1])}/{found}" if not found.startswith("/") else found
        for name, (_, body) in sizes.items()
        if name.endswith(".css")
        for found in re.findall(r'url\("?([^")]+\.woff2)"?\)', body.decode())
    }
    total = size + sum(one for one, _ in sizes.values()) + sum(packed(name)[0] for name in letters - named)
    script = sum(one for name, (one, _) in sizes.items() if name.endswith(".js"))
    return total / 1000, script / 1000


def main() -> None:
    options = begun()
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command
    from django.db import connection

    from bench.shelves import RESOURCES, fill

    call_command("prepare", stdout=sys.stderr)
    print(f"[{options.engine}] filling the shelves with {RESOURCES} resources…", flush=True)
    resources = fill()
    began = time.monotonic()
    call_command("search", "rebuild", stdout=sys.stderr)
    indexing = time.monotonic() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages = {
        "home": ("/",),
        "catalogue": tuple(f"/ressources/catalogue/{choice}" for choice in CHOICES),
        "resource": tuple(resources),
        "library search": tuple(f"/recherche/?q={quote_plus(words)}" for words in SEARCHES),
    }
    counted = {name: max(queries_of(path, "", cookie=NO_CACHE) for path in paths[:6]) for name, paths in pages.items()}
    static_path = staticfiles_storage.url("ui/marelle.css")
    connection.close()
    rows = [
        Row(
            options.engine,
            "index of the search, whole",
            indexing,
            "s",
            said=f"{RESOURCES} resources, about 250 words each",
        )
    ]
    with (
        served("bench.bare:application", BARE_PORT, "/bare/"),
        served("marelle.config.wsgi:application", MARELLE_PORT, "/health/live"),
    ):
        static = put_load_on(MARELLE_PORT, (static_path,))
        for name, paths in pages.items():
            row = partial(Row, options.engine, clients=CLIENTS)
            before = put_load_on(BARE_PORT, ("/bare/",))
            anew = put_load_on(MARELLE_PORT, paths, cookie=NO_CACHE)
            bare = between(before, put_load_on(BARE_PORT, ("/bare/",)))
            before = put_load_on(BARE_PORT, ("/drawn/",))
            kept = put_load_on(MARELLE_PORT, paths)
            drawn = between(before, put_load_on(BARE_PORT, ("/drawn/",)))
            total, script = weight(paths[0])
            rows += [
                row(name, anew.per_second, "/s", "bare view", bare.per_second, goal=0.3, errors=anew.errors,
                    queries=counted[name], query_goal=6),
                row(f"{name} p95", anew.p95, "ms", "bare view p95", bare.p95),
                row(f"{name}, kept", kept.per_second, "/s", "a view drawn before", drawn.per_second, goal=0.5,
                    errors=kept.errors),
                row(f"{name}, kept / static", kept.per_second, "/s", "static file", static.per_second),
                row(f"{name} weighs", total, "kB", goal=MOST_WEIGHT, sense="at most", bounds="value"),
                row(f"{name} scripts", script, "kB", goal=MOST_SCRIPT, sense="at most", bounds="value"),
            ]  # fmt: skip
            print(f"[{options.engine}] {name}: {anew.per_second:.0f}/s, kept {kept.per_second:.0f}/s", flush=True)
    Path(options.out).write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
