"""French is the source language: what a person reads goes through gettext, and is typeset as French is.

Good: `{% translate "Qu’en pensez-vous ?" %}` with a typographic apostrophe and a narrow no-break space (U+202F).
Bad: the same words bare in the template, a typewriter's apostrophe, or a plain space before « ? ».
"""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "marelle"
FRAGMENTS = {"combobox_words.html"}
"""Attributes alone, included in a tag."""
PAGES = sorted(path for path in ROOT.glob("*/templates/**/*.html") if path.name not in FRAGMENTS)
MODULES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if not {"migrations", "management", "demo", "config"} & set(path.parts) and path.name != "gallery.py"
)
"""Not the commands, which speak to whoever installs, nor the demonstration, whose words are data."""
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
SPOKEN = ("alt", "aria-label", "placeholder", "title")
SAME_EVERYWHERE = {"Marelle", "SHA", "SIREN", "INSEE"}
"""Names that no language changes."""

TYPEWRITER = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
TOO_WIDE = re.compile(r"[ \u00a0][;!?»](?!\w)|(?<=[\w»)]) :(?=\s|$)|« (?=\S)|«\u00a0")
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?%}(?P<block>.*?){%\s*endblocktrans(?:late)?\s*%}"
    r"""|(?:{%\s*trans(?:late)?\s+|_\()(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""",
    re.DOTALL,
)


class Visible(HTMLParser):
    """The words that a page shows by itself."""

    def __init__(self):
        super().__init__()
        self.words, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in {"script", "style"}
        self.words += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.silent:
            self.words.append(data)


def bare_words(source: str) -> list[str]:
    """What is visible and no one translates: two letters in a row, once tags, variables and comments are gone."""
    source = re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", source, flags=re.DOTALL)
    source = re.sub(r"{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%}", "", source, flags=re.DOTALL)
    source = re.sub(r"{%\s*block\s+\w*class\w*\s*%}.*?{%\s*endblock\s*%}", "", source)
    source = re.sub(r"{%\s*block\s+\w+_class\s*%}.*?{%\s*endblock\s*%}", "", source)
    source = re.sub(r"{%.*?%}|{{.*?}}", " ", source, flags=re.DOTALL)
    reader = Visible()
    reader.feed(source)
    return [
        " ".join(words.split()) for words in reader.words if set(re.findall(r"[^\W\d_]{2,}", words)) - SAME_EVERYWHERE
    ]


def translated(source: str) -> list[str]:
    return [m["block"] or m["double"] or m["single"] or "" for m in TRANSLATED.finditer(source)]


def badly_set(words: str) -> bool:
    words = re.sub(r"https?:\S+|{[{%].*?[%}]}|<[^>]*>", "x", words, flags=re.DOTALL)
    return bool(TYPEWRITER.search(words) or TOO_WIDE.search(words))


def strings(path: Path):
    """(line, text, whether gettext reads it) for each string of a module that is not a docstring."""
    tree = ast.parse(path.read_text())
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call)]
    said = {
        id(inner)
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in GETTEXT
        for inner in ast.walk(call)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value, id(node) in said


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Bonjour</p>", ["Bonjour"]),
        ('<img alt="Une carte">', ["Une carte"]),
        ('<p>{% translate "Bonjour" %} {{ name }} · 3 %</p>', []),
        ("<p>{% blocktranslate trimmed %}Bonjour {{ name }}{% endblocktranslate %}</p>", []),
        ("<script>const here = 1</script>{# a word to ourselves #}", []),
        ("<strong>Marelle</strong>", []),
    ],
)
def test_the_net_catches_bare_words(source, found):
    assert bare_words(source) == found


@pytest.mark.parametrize(
    ("words", "bad"),
    [
        ("l'avis", True),
        ("Vraiment ?", True),
        ("Trois choses :", True),
        ("« avis »", True),
        ("l’avis", False),
        ("Vraiment\u202f? «\u202fOui\u202f»\u202f: à 10:30", False),
    ],
)
def test_the_net_catches_what_is_badly_set(words, bad):
    assert badly_set(words) is bad


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_says_nothing_untranslated(path):
    assert bare_words(path.read_text()) == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_template_is_set_as_french_is(path):
    assert [words for words in translated(path.read_text()) if badly_set(words)] == []


def test_what_modules_say_is_set_as_french_is():
    assert [
        f"{name_of(path)}:{line} {words}"
        for path in MODULES
        for line, words, is_said in strings(path)
        if is_said and badly_set(words)
    ] == []


FRENCH = re.compile(r"[éèêàçùîôûœÉÀ]|[^\W\d_]’[^\W\d_]")
NOT_SAID = {
    "participation/definition/readability.py",  # knows how French words end
    "programme/queries/incoming.py",  # recognises the mails of others
    "territories/words.py",  # folds accents
    "territories/api.py",  # the OpenAPI is one document for everyone, generated once
    "participation/api.py",
    "api/views.py",
    "participation/definition/shape.py",  # choices by language code, as in questionnaires
    "ui/apps.py",
    "library/definition/imports/body.py",  # recognises what is written in tables
    "library/definition/imports/cells.py",
    "library/definition/imports/columns.py",  # the names and examples of columns, read and written as they stand
    "library/queries/remarks.py",  # recognises links that say nothing
    "ui/pictograms.py",  # folds accents
    "participation/views/screens.py",  # names of languages, in their own words
    "ui/formats/fr/formats.py",  # patterns of dates
}


def test_modules_say_nothing_french_without_gettext():
    assert [
        f"{name_of(path)}:{line} {words}"
        for path in MODULES
        if name_of(path) not in NOT_SAID
        for line, words, is_said in strings(path)
        if not is_said and FRENCH.search(words)
    ] == []
