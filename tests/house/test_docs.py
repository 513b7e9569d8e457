"""What the documentation names exists: pages, commands."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = [p for p in (ROOT / "marelle").rglob("*.py") if "migrations" not in p.parts] + [ROOT / ".env.example"]
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]*))?\)")
COMMAND = re.compile(r"(?:^|[`«\s])marelle ([a-z][a-z-]+)(?=[\s`»]|$)", re.M)


def title_ids(text: str) -> set[str]:
    """The anchors that GitHub and others make of titles."""
    titles = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_link_leads_somewhere():
    wrong = []
    for page in PAGES:
        for path, anchor in LINK.findall(page.read_text()):
            target = (page.parent / path).resolve() if path else page
            there = target.exists() and (not anchor or anchor in title_ids(target.read_text()))
            wrong += [] if there else [f"{page.relative_to(ROOT)}: {path}#{anchor}"]
    assert wrong == []


def test_every_page_named_in_code_exists():
    wrong = []
    for path in CODE:
        for name in re.findall(r"docs/[\w/.-]+\.(?:md|json)", path.read_text()):
            wrong += [] if (ROOT / name).exists() else [f"{path.relative_to(ROOT)}: {name}"]
    assert wrong == []


def test_every_command_named_exists():
    known = get_commands()
    named = {
        name
        for page in [*PAGES, ROOT / "marelle/config/doctor.py"]
        for quoted in re.findall(r"`[^`\n]+`|^ {4}.+$|^.+$" if page.suffix == ".py" else r"`[^`\n]+`|^    .+$", page.read_text(), re.M)
        for name in COMMAND.findall(quoted)
    }  # fmt: skip
    assert len(named) > 8
    assert {name for name in named if name.replace("-", "_") not in known} == set()
