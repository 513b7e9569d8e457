"""The shape of the house: apps talk through their public rooms, and only actions change the world."""

import ast
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = {"models", "enums", "actions", "queries", "rules", "signals"}
"""Rooms of an app that another app may enter."""
OPEN = {"core", "ui"}
"""Apps that are tools: every room is open."""
ALSO = {
    "ballots": {"paper", "codes", "suppression"},  # what may be written on a ballot; a ticket; what may be published
    "audit": {"sentences", "kept"},  # each app brings its own words; what is kept until something is done
    "notifications": {"messages"},
    "documents": {"checks", "responses", "spreadsheets", "typesetting"},
    "jobs": {"registry", "chores"},
    "territories": {"forms", "words"},  # the field that finds a territory; how names are sorted
    "library": {
        "definition",
        "registry",
    },  # reference data; what apps above bring: things to find, questions before publication
    "programme": {"definition"},
}
FACES = {"__main__", "config", "demo", "api"}
"""Whoever puts the pieces together may reach for any of them."""
WRITES = {"save", "delete", "update", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
MAY_WRITE = {"models", "actions", "migrations", "management", "backends"}
NOT_THE_DATABASE = {
    "hashlib",
    "digest",
    "said",
    "response",
    "headers",
    "context",
    "session",
    "cache",
    "default_storage",
    "found",
    "font",
    "picture",
    "book",
    "super()",  # a form of Wagtail's that saves calls its parent: what follows is an action
}


def test_apps_talk_through_their_public_rooms_only():
    graph = grimp.build_graph("marelle", cache_dir=None)
    wrong = []
    for importer in graph.modules:
        here = importer.split(".")[1:2]
        if not here or here[0] in FACES:
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            there = imported.split(".")[1:3]
            if len(there) < 2 or here == there[:1] or there[0] in OPEN:
                continue
            if there[1] not in PUBLIC | ALSO.get(there[0], set()):
                wrong.append(f"{importer} -> {imported}")
    assert wrong == []


def test_only_models_and_actions_write():
    wrong = []
    for path in (ROOT / "marelle").rglob("*.py"):
        if MAY_WRITE & {*path.relative_to(ROOT).parts, path.stem}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
                owner = ast.unparse(node.func.value)
                if (
                    owner.partition(".")[0].partition("[")[0] not in NOT_THE_DATABASE
                    and "objects" in owner
                    or node.func.attr in {"save", "delete"}
                    and owner not in NOT_THE_DATABASE
                ):
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {owner}.{node.func.attr}()")
    assert wrong == []


def test_every_room_is_small_enough_to_see_across():
    """400 lines; a longer file has a second noun in it."""
    large = {
        str(path.relative_to(ROOT)): count
        for folder in ("marelle", "tests", "bench", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and (count := len(path.read_text().splitlines())) > 400
    }
    assert large == {}


def test_every_folder_says_what_it_is():
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "marelle").glob("*/__init__.py")
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_every_dependency_says_what_it_is_for():
    listed = [
        line.strip()
        for line in (ROOT / "pyproject.toml").read_text().partition("[tool.")[0].splitlines()
        if line.startswith('  "')
    ]
    assert listed
    assert [line for line in listed if "#" not in line] == []


def test_no_file_names_this_machine_or_a_registry():
    words = ("/wor" + "k/", "pypi." + "org", "registry.npm" + "js", "deb.debian" + ".org", "files.python" + "hosted")
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for pattern in ("marelle/**/*.py", "docs/**/*", "scripts/*", "*.md", "*.toml", "*.lock", "Makefile", ".ci/run")
        for path in ROOT.glob(pattern)
        if path.is_file() and path.suffix not in {".svg", ".png"}
        for word in words
        if word in path.read_text(errors="replace")
    ]
    assert found == []
