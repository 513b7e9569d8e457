"""Templates: no inline code (the Content Security Policy would stop it), nothing trusted silently, nothing unused."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "marelle"
TEMPLATES = sorted(ROOT.glob("*/templates/**/*.html"))
PAGES = [path for path in TEMPLATES if "emails" not in path.parts and path.name != "mail.html"]
"""A mail has no style sheet to link: its styles are inline by necessity."""
INLINE = {
    "a script written in the page": r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>",
    "a style attribute": r"<[^>]*\sstyle=",
    "a style element": r"<style\b",
    "a handler in an attribute": r"<[^>]*\son[a-z]+=",
    "htmx evaluating code": r"\bhx-(?:on|vars)\b|\bhx-vals=.js:",
    "an address of another site's file": r"""\b(?:src|href)=["']https?://[^"']+\.(?:css|js|png|svg|woff2?)""",
}
DEPENDENCIES = ("account/", "mfa/", "socialaccount/", "usersessions/", "allauth/", "django_filters/", "wagtailadmin/", "wagtailimages/", "400.html", "403.html", "404.html", "500.html")  # fmt: skip
"""Looked up by name by a dependency, not by us."""


def name_of(path: Path) -> str:
    return str(path.relative_to(next(parent for parent in path.parents if parent.name == "templates")))


def faults(source: str) -> list[str]:
    words = re.sub(r"{%.*?%}|{{.*?}}", "x", source, flags=re.DOTALL)
    return [fault for fault, pattern in INLINE.items() if re.search(pattern, words)]


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<script>alert(1)</script>", True),
        ('<p style="color: red">', True),
        ('<p class="a" onclick="b()">', True),
        ("<style>p{}</style>", True),
        ('<script src="{% static "a.js" %}" type="module"></script>', False),
        ('<link rel="stylesheet" href="{% static "ui/marelle.css" %}">', False),
        ('<p class="once" data-on="a">', False),
    ],
)
def test_the_net_catches_what_it_must(source, fault):
    assert bool(faults(source)) is fault


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_no_code_is_written_inside_a_page(path):
    assert faults(path.read_text()) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_nothing_is_trusted_without_saying_why(path):
    """`|safe` needs a comment on its line: {# safe: sanitised by nh3 in … #}."""
    trusting = [
        line
        for line in path.read_text().splitlines()
        if re.search(r"\|\s*safe\b|autoescape off", line) and "{# safe:" not in line
    ]
    assert trusting == []


def test_no_template_is_unused():
    written = [*ROOT.rglob("*.py"), *ROOT.rglob("*.html"), *ROOT.rglob("*.txt"), *ROOT.rglob("*.toml")]
    said = {path: path.read_text() for path in written}
    unused = []
    for template in TEMPLATES:
        name = name_of(template)
        stem = name.removesuffix(".html").removesuffix(".subject.txt")
        if name.startswith(DEPENDENCIES):
            continue
        ways = (f'"{name}', f"'{name}", f'"{stem}"')
        if "emails" in template.parts:  # named by the function that builds the mail
            ways += (f'"{template.stem}"', f"def {template.stem}(")
        if not any(way in text for path, text in said.items() if path != template for way in ways):
            unused.append(name)
    assert unused == []
