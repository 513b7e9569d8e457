"""Whatever is written in the log can be read to a person: every kind recorded has a French sentence, and no
sentence waits for a kind that nothing records.

Good: `record("programme.candidacy.submitted", …)`, or a choice between two such words.
Bad: `record(f"programme.candidacy.{move}", …)`: no one can find where it is written.
"""

import ast
from pathlib import Path

from marelle.audit.sentences import all_sentences

ROOT = Path(__file__).resolve().parents[2] / "marelle"


def recorded():
    """(kind, place) of every call of `record` in the tree; kind is None where it is not said in full."""
    for path in sorted(ROOT.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        for call in ast.walk(tree):
            name = getattr(getattr(call, "func", None), "id", getattr(getattr(call, "func", None), "attr", ""))
            if isinstance(call, ast.Call) and name == "record" and call.args:
                place = f"{path.relative_to(ROOT.parent)}:{call.lineno}"
                for kind in kinds_of(call.args[0]):
                    yield kind, place


def kinds_of(said):
    if isinstance(said, ast.Constant):
        return [said.value]
    if isinstance(said, ast.IfExp):
        return [*kinds_of(said.body), *kinds_of(said.orelse)]
    return [None]


def test_every_kind_is_said_in_full():
    assert [place for kind, place in recorded() if kind is None] == []


def test_every_kind_recorded_has_a_french_sentence():
    sentences = all_sentences()
    assert [(kind, place) for kind, place in recorded() if kind and kind not in sentences] == []


def test_every_sentence_has_a_kind_that_is_recorded():
    assert set(all_sentences()) - {kind for kind, _ in recorded()} == set()


def test_a_sentence_goes_on_from_a_name():
    """« Inès M. a déposé le dossier »: lower case, no full stop."""
    assert [s for s in all_sentences().values() if s != s.strip() or s[0].isupper() or s.endswith(".")] == []
