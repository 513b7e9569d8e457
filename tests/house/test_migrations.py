"""A migration is a page of history: it has a name, and today's code cannot change what it does.

Good: `apps.get_model("programme", "Candidacy")`; `import marelle.core.models` for the default of a field, as Django writes it.
Bad: `from marelle.programme.models import Candidacy`, or `0004_auto_20261123_0912`.
"""

import ast
from pathlib import Path

import pytest

from marelle.config.management.commands.migrate import OthersFirst

ROOT = Path(__file__).resolve().parents[2] / "marelle"
MIGRATIONS = sorted(ROOT.glob("*/migrations/0*.py"))


def faults(app: str, name: str, source: str):
    if "_auto_" in name:
        yield "no name"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("marelle"):
            yield f"from {node.module} import …"
        if isinstance(node, ast.Import):
            for imported in node.names:
                if imported.name.startswith("marelle.") and imported.name.split(".")[1] not in {"core", app}:
                    yield f"import {imported.name}"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("0004_auto_20261123_0912", ""),
        ("0004_fill", "from marelle.programme.models import Candidacy"),
        ("0004_fill", "import marelle.accounts.queries"),
    ],
)
def test_the_net_catches_what_it_must(name, source):
    assert list(faults("programme", name, source))


def test_each_has_a_name_and_leans_on_no_code_of_today():
    assert len(MIGRATIONS) > 6
    found = {
        f"{path.parts[-3]}/{path.name}": list(faults(path.parts[-3], path.stem, path.read_text()))
        for path in MIGRATIONS
    }
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_an_empty_database_knows_other_packages_before_it_knows_us():
    """What each of theirs costs grows with what is already there. What they need of ours still comes before them."""
    executor = OthersFirst(None)
    order = [migration.app_label for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes(), True)]
    assert order.index("accounts") < order.index("wagtailcore")
    assert max(place for place, app in enumerate(order) if app == "wagtailcore") < order.index("programme")
