"""The typefaces are cut small enough for a phone, and keep what French needs."""

import pytest
from fontTools.ttLib import TTFont

from marelle.ui import fonts


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    into = tmp_path_factory.mktemp("built")
    list(fonts.build(into))
    return into / fonts.FOLDER


def test_the_two_files_every_page_needs_weigh_little(folder):
    assert sum((folder / f"{name}.woff2").stat().st_size for name in ("display", "text")) < 75_000


@pytest.mark.parametrize("name", [face.name for face in fonts.FACES])
def test_french_is_whole(folder, name):
    known = TTFont(folder / f"{name}.woff2").getBestCmap()
    assert not {c for c in "àâæçéèêëîïôœùûüÿÀÉÈÇŒ«»’…–€0123456789\u00a0\u202f" if ord(c) not in known}


def test_their_licence_goes_with_them(folder):
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text()


def test_nothing_is_made_twice(folder):
    assert fonts.are_built(folder.parent.parent)


def test_pages_stand_without_them(settings, tmp_path, client, db):
    from marelle.ui import context_processors

    settings.BUILT = tmp_path
    context_processors.typefaces.cache_clear()
    try:
        assert b"fonts.css" not in client.get("/").content
    finally:
        context_processors.typefaces.cache_clear()
