"""A class on a bad line: the child's page, with its style, its script and its letters, weighs 100 kB at most."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from marelle.ballots.enums import Mode
from marelle.participation.views import kept
from marelle.ui import context_processors, fonts
from tests.participation.children.questionnaire import EVERY_KIND
from tests.participation.factories import open_consultation, session_of

MOST = 100_000
LETTERS = ("text.woff2", "text-bold.woff2")
"""What the page's weights ask for; the display face is not used there (`--display` in child.css)."""


@pytest.fixture
def letters(settings, tmp_path):
    settings.BUILT = tmp_path
    list(fonts.build(tmp_path))
    context_processors.typefaces.cache_clear()
    kept.forget()
    yield tmp_path / fonts.FOLDER
    context_processors.typefaces.cache_clear()
    kept.forget()


@pytest.mark.django_db
def test_the_first_load_of_a_child_weighs_little(client, letters):
    station = session_of(open_consultation(draft=EVERY_KIND), mode=Mode.TICKETS).station
    packed = client.get(f"/s/{station.code}/", headers={"Accept-Encoding": "gzip"}).content
    html = gzip.decompress(packed).decode()
    weights = {"page": len(packed)}
    for name in re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', html):
        source = letters / "fonts.css" if name.endswith("fonts.css") else Path(finders.find(name))
        weights[name] = len(gzip.compress(source.read_bytes()))
    weights |= {name: (letters / name).stat().st_size for name in LETTERS}
    assert {"participation/child.js", "participation/child.css", "ui/marelle.css"} <= weights.keys()
    assert sum(weights.values()) <= MOST, weights
    assert weights["participation/child.js"] < 15_000
    assert "--display: var(--text)" in Path(finders.find("participation/child.css")).read_text()
