"""Every PDF we make can be read aloud, and what people wrote stays text."""

import io

import pytest
from pypdf import PdfReader

from marelle.documents import actions, typesetting

TEMPLATE = """
#import "/documents/typst/base.typ": *
#show: marelle.with(kind: "Essai")
== Les faits
#facts(("Commune", data.name), ("Population", data.at("population", default: none)))
#words(data.name)
#grid-table(("Question", "Réponse"), ((data.name, "oui"),))
"""
HOSTILE = 'L’Haÿ « les » Roses : #panic(1) $x$ *gras* #read("/etc/passwd") \\ <b> \u202e\x07'


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A template in a tree of its own, beside the real base."""
    base = tmp_path / "documents" / "typst"
    base.mkdir(parents=True)
    (base / "base.typ").write_text((typesetting.TREE / "documents/typst/base.typ").read_text())
    (base / "essai.typ").write_text(TEMPLATE)
    monkeypatch.setattr(typesetting, "TREE", tmp_path)
    monkeypatch.setattr(typesetting, "template_path", lambda name: tmp_path / name)

    def make(**data):
        return PdfReader(io.BytesIO(typesetting.pdf("documents/typst/essai.typ", data, title="Un titre : l’essai")))

    return make


def test_it_is_tagged_titled_and_in_french(made):
    reader = made(name="Rouen")
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "fr-FR"
    assert reader.metadata.title == "Un titre : l’essai"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()


def test_its_table_has_header_cells(made):
    structure = made(name="Rouen").trailer["/Root"]["/StructTreeRoot"]

    def kinds(node):
        node = node.get_object()
        if isinstance(node, list):
            return [kind for child in node for kind in kinds(child)]
        if not isinstance(node, dict):
            return []
        return [node.get("/S"), *(kinds(node["/K"]) if "/K" in node else [])]

    found = kinds(structure["/K"])
    assert {"/Table", "/TH", "/TD", "/H2"} <= set(found)


def test_it_is_set_in_our_faces_which_travel_with_it(made):
    fonts = {
        str(font.get_object()["/BaseFont"]) for font in made(name="Rouen").pages[0]["/Resources"]["/Font"].values()
    }
    assert any("Atkinson" in font for font in fonts)
    assert any("Bricolage" in font for font in fonts)


def test_what_people_wrote_is_data_never_markup(made):
    text = made(name=HOSTILE).pages[0].extract_text()
    for part in ("#panic(1)", "$x$", "*gras*", "#read("):
        assert part in text
    assert "root:" not in text


@pytest.mark.parametrize(("wrote", "shown"), [("Bravo 🎉\u202f!", "Bravo □"), ("Ñuñez ß œ € 2 ½", "Ñuñez ß œ € 2 ½"), ("a\r\nb\tc", "a\nb"), ("un \x07 son \u202e", "un"), ("C:\\u0007", "C:\\u0007")])  # fmt: skip
def test_a_sign_that_cannot_be_drawn_does_not_cost_the_document(made, wrote, shown):
    assert shown in made(name=wrote).pages[0].extract_text()


def test_a_fault_of_the_template_is_not_hidden(made):
    import typst

    with pytest.raises(typst.TypstError):
        made(nom="pas celui qu’il faut")


def test_pages_are_numbered_and_an_unknown_is_said(made):
    text = made(name="Rouen").pages[0].extract_text()
    assert "Page 1 sur 1" in text
    assert "non renseigné" in text


@pytest.mark.parametrize(("demonstration", "marked"), [(True, True), (False, False), ("oui", False)])
def test_the_demonstration_is_marked_on_the_page(made, demonstration, marked):
    text = made(name="Rouen", demonstration=demonstration).pages[0].extract_text()
    assert ("Démonstration, sans valeur" in text) is marked


def test_empty_and_long_data_make_pages(made):
    assert len(made(name="").pages) == 1
    assert len(made(name="Un paragraphe.\n\n" * 400).pages) > 5


@pytest.mark.django_db
def test_it_is_kept_as_a_file_of_ours(made, at):
    file = actions.make_pdf("documents/typst/essai.typ", {"name": "x"}, name="a/b.pdf", title="T", by=None, at=at)
    assert (file.name, file.mime, file.origin) == ("b.pdf", "application/pdf", "generated")
