"""Every « until » shown to people names somebody who keeps it, and that somebody is called every day."""

import re
from pathlib import Path

import pytest
from django.utils.module_loading import autodiscover_modules

from marelle.accounts.queries.privacy import register
from marelle.jobs import chores

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "privacy.md").read_text()
TABLE = dict(re.findall(r"^\| ([^|*`]+?) \| [^|]+ \| (.+?) \|$", PAGE, re.M))


def promised() -> set[str]:
    return {str(field.until) for fields in register().values() for field in fields.values()}


@pytest.mark.parametrize("until", sorted(promised()))
def test_each_promise_says_who_keeps_it(until):
    assert until in TABLE, f"« {until} » is promised to people: docs/privacy.md must say who keeps it"


def test_nothing_is_kept_that_nobody_promised():
    assert set(TABLE) - {"Until", "---"} == promised()


def test_the_chores_that_keep_them_exist():
    autodiscover_modules("chores")
    named = {name for name in re.findall(r"`([a-z]+\.[a-z_]+)`", " ".join(TABLE.values()) + PAGE) if "." in name}
    known = {*chores._daily, *chores._hourly}
    wanted = {
        name for name in named if name.split(".")[0] in {"accounts", "notifications", "jobs", "documents", "tasks"}
    }
    assert wanted | {"programme.forget", "sessions.clear"} <= known
