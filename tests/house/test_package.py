"""`pip install .` gives all of Marelle: templates, static files, the programme's YAML, Typst, shipped data."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".html", ".yaml", ".txt"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy, so that no trace of building stays in the tree, without fetching anything."""
    there = tmp_path_factory.mktemp("wheel")
    source = there / "source"
    shutil.copytree(ROOT / "marelle", source / "marelle", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--no-index", "-w", there, source],
        check=True, capture_output=True, timeout=150,
    )  # fmt: skip
    return zipfile.ZipFile(next(there.glob("marelle-*.whl")))


def test_every_file_of_the_tree_is_in_the_package(wheel):
    tree = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "marelle").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert len({Path(name).suffix for name in tree}) > 8
    assert tree - set(wheel.namelist()) == set()


def test_it_brings_the_command(wheel):
    (entries,) = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "marelle = marelle.config.cli:main" in wheel.read(entries).decode()


def test_no_address_of_this_machine_is_in_it(wheel):
    for name in wheel.namelist():
        if Path(name).suffix in TEXT:
            assert str(ROOT) not in wheel.read(name).decode(), name
