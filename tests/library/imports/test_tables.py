"""Tables as people send them: read strictly, and refused in words."""

import io

import pytest
from openpyxl import load_workbook

from marelle.documents.checks import UploadRefused
from marelle.library.definition.imports import tables
from marelle.library.definition.imports.body import read_body
from marelle.library.definition.imports.cells import Known, Unread
from marelle.library.definition.imports.columns import BY_KEY, TABLES
from marelle.library.queries.import_reports import template_of
from marelle.library.queries.imports import known
from tests.documents.hostile import archive as docx_like
from tests.documents.hostile import bomb
from tests.library.resources.conftest import pdf

from .files import SimpleUploadedFile, csv_file, packed, row, xlsx

PDF = pdf("Une carte")

pytestmark = pytest.mark.django_db


def said(made):
    return [f"{column} : {words}" for line in made.lines for column, words in line["errors"]]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ";"), ("utf-8-sig", ","), ("cp1252", ";"), ("latin-1", "\t"), ("utf-16", ";")],
)
def test_a_csv_is_read_however_it_was_written(read, encoding, delimiter):
    text = row(Texte="Un été à l'école", Résumé="On dessine ; on sort, on revient.")
    made = read(table=csv_file([text], encoding=encoding, delimiter=delimiter))
    assert said(made) == []
    assert made.lines[0]["values"]["summary"] == "On dessine ; on sort, on revient."
    assert made.lines[0]["values"]["body"] == [["text", "<p>Un été à l'école</p>"]]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vide.csv", b"", "est vide"),
        ("blanc.csv", b"\n ; ; \n", "est vide"),
        ("titres.csv", "Référence;Nature;Titre;Résumé\n".encode(), "que ses titres de colonnes"),
        ("image.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "n’est pas du texte"),
        ("table.pdf", PDF, "XLSX ou en CSV"),
        ("table.xlsx", PDF, "il contient un PDF"),
        ("table.xlsx", b"PK\x03\x04 rien", "abîmé"),
        ("table.ods", b"PK\x03\x04", "XLSX ou en CSV"),
    ],
)
def test_what_is_no_table_is_refused_in_words(read, name, content, words):
    with pytest.raises(UploadRefused, match=words):
        read(table=SimpleUploadedFile(name, content))


def test_too_much_is_refused_in_words(read, monkeypatch):
    with pytest.raises(UploadRefused, match="plus de 10 Mo"):
        read(table=SimpleUploadedFile("gros.csv", b"a;" * (tables.MOST_BYTES // 2 + 1)))
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(UploadRefused, match="plus de 2 lignes"):
        read(row(Référence="A1"), row(Référence="A2"), row(Référence="A3"))


def test_a_workbook_that_swells_is_refused(read, monkeypatch):
    with pytest.raises(UploadRefused):
        read(table=SimpleUploadedFile("bombe.xlsx", bomb()))
    monkeypatch.setattr(tables, "MOST_XML", 500)
    with pytest.raises(UploadRefused, match="trop grand une fois ouvert"):
        read()


def test_a_workbook_with_macros_is_refused(read):
    book = docx_like({"[Content_Types].xml": b"spreadsheetml.sheet.main+xml macroEnabled", "xl/vbaProject.bin": b"x"})
    with pytest.raises(UploadRefused, match="macros"):
        read(table=SimpleUploadedFile("macros.xlsx", book))


def test_a_missing_column_and_one_in_double_are_named(read):
    with pytest.raises(UploadRefused, match="Il manque une colonne.*Nature"):
        read(table=csv_file([{"Référence": "A", "Titre": "B", "Résumé": "C"}]))
    with pytest.raises(UploadRefused, match="en double.*Titre"):
        read({**row(), "Intitulé": "Encore"})


def test_a_column_nobody_knows_is_named_and_the_rest_is_read(read):
    made = read({**row(), "Couleur": "bleu"})
    assert said(made) == []
    assert "Couleur" in made.remarks[0]
    assert "Durée" in made.remarks[1]


def test_capitals_accents_and_order_of_titles_do_not_matter(read):
    made = read(table=csv_file([{"TITRE": "Une carte", "resume": "Voilà.", "ref": "A", "Type": "ACTIVITE"}]))
    assert (said(made), made.lines[0]["values"]["kind"]) == ([], "activity")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ({"Nature": "chanson"}, "Nature : «\u202fchanson\u202f» n’est pas dans la liste. Possibles\u202f: kit, activité"),
        ({"Âges": "petits"}, "Âges : «\u202fpetits\u202f» n’est pas compris. Écrivez par exemple «\u202f8 à 12\u202f»."),
        ({"Âges": "12 à 8"}, "Âges : 12 est plus grand que 8\u202f: inversez-les."),
        ({"Âges": "2 à 30"}, "Âges : entre 3 et 18 seulement."),
        ({"Articles": "99"}, "Articles : la bibliothèque n’a pas d’article 99 de la Convention."),
        ({"Thèmes": "Dragons"}, "Thèmes : «\u202fDragons\u202f» n’est pas dans la liste."),
        ({"Objectifs": "7"}, "Objectifs : «\u202f7\u202f» n’est pas un objectif retenu ici."),
        ({"Titre": "x" * 121}, "Titre : 121 signes, 120 au plus\u202f: raccourcissez de 1."),
        ({"Titre": ""}, "Titre : cette case ne peut pas rester vide."),
        ({"Référence": ""}, "Référence : cette case ne peut pas rester vide."),
        ({"Titre": "vider"}, "Titre : cette case ne peut pas rester vide."),
        ({"Durée": "=1+1"}, "Durée : c’est une formule."),
        ({"Âges": __import__("datetime").date(2026, 12, 8)}, "Âges : le tableur en a fait une date (08/12/2026)."),
        ({"Fichiers": "carte.pdf"}, "aucune archive ZIP n’a été jointe"),
    ],
)  # fmt: skip
def test_a_wrong_cell_says_where_it_is_and_what_to_do(read, cell, words):
    made = read({**row(), **cell})
    assert made.lines[0]["line"] == 2
    assert any(words in one for one in said(made)), said(made)


def test_a_number_is_taken_as_it_shows(read):
    made = read({**row(), "Articles": 12.0, "Groupe": "6 à 30 enfants", "Durée": "45 - 60 min"})
    assert made.lines[0]["values"]["articles"] == [12]
    assert (made.lines[0]["values"]["group"], made.lines[0]["values"]["minutes"]) == ([6, 30], [45, 60])


def test_merged_cells_are_named(read):
    made = read(table=xlsx([row(Référence="A1"), row(Référence="A2")], merge=["C2:C3"]))
    assert [line["errors"][0][0] for line in made.lines] == ["Titre", "Titre"]
    assert "C2:C3 sont fusionnées" in said(made)[0]


def test_a_reference_in_double_names_the_first_line(read):
    made = read(row(), row(Référence="a1 "))
    assert said(made) == [
        "Référence : «\u202fa1\u202f» est déjà celle de la ligne 2. Une référence nomme une seule fiche."
    ]


# --- Archives -----------------------------------------------------------------------------------------------------


NAMED = row(Fichiers="carte.pdf")


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"../carte.pdf": PDF}, "chemin interdit"),
        ({"/etc/carte.pdf": PDF}, "chemin interdit"),
        ({"C:\\carte.pdf": PDF}, "chemin interdit"),
        ({"zeros.bin": b"0" * 5_000_000}, "anormalement volumineuse"),
    ],
)
def test_a_dishonest_archive_is_not_read(read, entries, words):
    with pytest.raises(UploadRefused, match=words):
        read(NAMED, archive=packed(entries))


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"autre.pdf": PDF}, "n’est pas dans l’archive ZIP"),
        ({"carte.pdf": b"MZ un programme"}, "il contient un programme"),
        ({"carte.pdf": b"<script>"}, "il contient une page web"),
        ({"carte.pdf": b""}, "est vide"),
        ({"a/carte.pdf": PDF, "b/carte.pdf": PDF}, "deux fichiers"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_on_its_line(read, entries, words):
    made = read(NAMED, archive=packed(entries))
    assert words in said(made)[0]
    assert made.archive is None


def test_what_is_no_archive_is_refused(read):
    for name, content in {"fichiers.zip": b"PK rien", "fichiers.rar": b"Rar!"}.items():
        with pytest.raises(UploadRefused, match="ZIP"):
            read(NAMED, archive=SimpleUploadedFile(name, content))


def test_a_file_heavier_than_we_take_is_named(read, settings):
    settings.UPLOAD_MAX_BYTES = 100
    assert "pèse plus de" in said(read(NAMED, archive=packed({"carte.pdf": PDF})))[0]


# --- The template -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["resource", "practice"])
def test_the_template_has_every_column_and_what_cells_may_say(vocabulary, kind):
    book = load_workbook(io.BytesIO(template_of(kind)))
    assert [cell.value for cell in book["À remplir"][1]] == [str(column.header) for column in TABLES[kind]]
    listed = {column[0].value: [cell.value for cell in column[1:]] for column in book["Valeurs possibles"].columns}
    assert "Participation" in listed["Thèmes"]


def test_the_example_of_the_template_reads_without_an_error(vocabulary):
    from tests.library.factories import ThemeFactory

    ThemeFactory(slug="cadre-de-vie", name="Cadre de vie")
    now = known()
    everything = Known(now.themes, now.articles, frozenset({"76540"}))
    for columns in TABLES.values():
        for column in columns:
            column.read(column.example, everything)


def test_a_territory_whose_zero_was_eaten_is_found():
    read_code = BY_KEY["practice"]["territory"].read
    assert read_code("1053", Known(territories=frozenset({"01053"}))) == "01053"
    with pytest.raises(Unread, match="aucune collectivité inscrite"):
        read_code("99999", Known())


def test_a_text_is_cut_into_blocks():
    blocks = read_body(
        "Voici.\nLa suite.\n\n# Titre\n- un\n- deux\n\nMatériel :\n- des feutres\n\nConseil : dehors.\nAttention : à l’eau."
    )
    assert blocks == [
        ["text", "<p>Voici.<br/>La suite.</p>"],
        ["heading", "Titre"],
        ["text", "<ul><li>un</li><li>deux</li></ul>"],
        ["material", ["des feutres"]],
        ["tip", "<p>dehors.</p>"],
        ["watch", "<p>à l’eau.</p>"],
    ]
