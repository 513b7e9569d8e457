"""The columns of a table of resources, and of one of practices: their names, how each is read, an example of ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from marelle.library.definition.imports import cells
from marelle.library.definition.imports.cells import Reader, plain
from marelle.library.enums import Access, Format, Goal, Kind, Language, Setting

REFERENCE, FILES = "reference", "files"
AGES = [3, 18]


@dataclass(frozen=True)
class Column:
    """`key` names what it becomes; `blank` is what a new sheet holds when nothing is said."""

    key: str
    header: Any
    read: Reader
    example: str
    blank: Any = ""
    required: bool = False
    """For a new sheet."""
    also: tuple[str, ...] = ()
    """Other names people give it."""


REF = Column(
    REFERENCE, _("Référence"), cells.line(60), "ACT-001", required=True, also=("ref", "identifiant", "id", "code")
)
TITLE = Column("title", _("Titre"), cells.line(120), "La carte des cachettes", required=True, also=("nom", "intitulé"))
SUMMARY = Column(
    "summary", _("Résumé"), cells.line(320), "Les enfants dessinent leur quartier, et montrent où ils se sentent bien.",
    required=True, also=("description", "chapeau"),
)  # fmt: skip
AGE = Column(
    "ages", _("Âges"), cells.between(3, 18, units="ans|an", example="8 à 12"), "8 à 12 ans", blank=AGES, also=("âge",)
)
THEMES = Column("themes", _("Thèmes"), cells.themes, "Participation ; Cadre de vie", blank=[], also=("thème",))
ARTICLES = Column(
    "articles", _("Articles"), cells.articles, "12 ; 31", blank=[], also=("article", "articles de la convention")
)
GOALS = Column("goals", _("Objectifs"), cells.goals, "11", blank=[], also=("odd", "objectifs de développement durable"))

RESOURCE = (
    REF,
    Column("kind", _("Nature"), cells.choice(Kind.choices), "activité", blank="activity", required=True, also=("type",)),
    TITLE,
    SUMMARY,
    AGE,
    Column("minutes", _("Durée"), cells.between(1, 6000, units="minutes|minute|min|mn", example="45 à 60"), "45 à 60 minutes", blank=None, also=("durée (minutes)",)),
    Column("group", _("Groupe"), cells.between(1, 1000, units="enfants|enfant|personnes", example="6 à 30"), "6 à 30 enfants", blank=None, also=("taille du groupe",)),
    Column("settings", _("Cadres"), cells.several(Setting.choices), "en classe ; au centre de loisirs", blank=[], also=("cadre",)),
    THEMES,
    ARTICLES,
    GOALS,
    Column("languages", _("Langues"), cells.several(Language.choices), "français", blank=[], also=("langue",)),
    Column("formats", _("Formats"), cells.several(Format.choices), "PDF à imprimer", blank=[], also=("format",)),
    Column("access", _("Accessibilité"), cells.several(Access.choices), "pictogrammes", blank=[]),
    Column("keywords", _("Mots-clés"), cells.line(300), "quartier plan promenade", also=("mots clés", "mots-clefs")),
    Column("author", _("Auteur"), cells.line(150), "Service enfance", also=("autrice", "par")),
    Column("licence", _("Licence"), cells.line(80), "CC BY-SA 4.0"),
    Column("body", _("Texte"), cells.body, "# Pourquoi cette activité\nOn dessine, puis on sort voir.\n\nMatériel :\n- Un plan du quartier\n- Des gommettes\n\n1. Se souvenir (10 min) : chacun dessine sa cachette.\n2. Aller voir (35 min) : on marche, on compare.\n\nAttention : personne n’est obligé de parler.", blank=[], also=("fiche", "contenu")),
    Column(FILES, _("Fichiers"), cells.paragraphs, "carte.pdf = La fiche", also=("fichier", "pièces jointes")),
)  # fmt: skip

PRACTICE = (
    REF,
    Column("territory", _("Territoire"), cells.territory, "76540", required=True, also=("insee", "siren", "territoire (insee/siren)", "collectivité")),
    TITLE,
    SUMMARY,
    AGE,
    THEMES,
    ARTICLES,
    GOALS,
    Column("started_in", _("Commencée en"), cells.year, "2024", blank=None, also=("année", "début")),
    Column("context", _("Contexte"), cells.paragraphs, "Deux écoles d’un quartier de 1960, des cours entièrement bitumées."),
    Column("children_part", _("Part des enfants"), cells.paragraphs, "Les CM1 ont relevé les zones d’ombre et choisi où va le terrain de jeu."),
    Column("steps", _("Étapes"), cells.lines, "Mesurer la cour avec les élèves\nDessiner, puis choisir\nPlanter avec les familles", blank=[]),
    Column("cost", _("Coût"), cells.cost, "12500", blank=None, also=("coût en euros",)),
    Column("cost_note", _("Détail du coût"), cells.paragraphs, "Travaux et arbres, la moitié payée par une aide."),
    Column("staff", _("Agents"), cells.paragraphs, "Une animatrice, un jour par semaine pendant six mois.", also=("agents et temps passé",)),
    Column("partners", _("Partenaires"), cells.paragraphs, "L’école et les parents d’élèves."),
    Column("result", _("Résultat"), cells.paragraphs, "La cour est ouverte au quartier le samedi."),
    Column("evidence", _("Comment on le sait"), cells.paragraphs, "Comptage aux récréations, avant et après.", also=("preuves",)),
    Column("failures", _("Ce qui n’a pas marché"), cells.paragraphs, "Le budget a été annoncé trop tard.", also=("échecs",)),
    Column("advice", _("Conseil"), cells.paragraphs, "Commencer par une seule cour.", also=("conseils",)),
)  # fmt: skip

TABLES: dict[str, tuple[Column, ...]] = {"resource": RESOURCE, "practice": PRACTICE}
BY_KEY = {kind: {column.key: column for column in columns} for kind, columns in TABLES.items()}


def column_named(kind: str, header: str) -> Column | None:
    name = plain(header).rstrip(" *:")
    for column in TABLES[kind]:
        if name in {plain(str(column.header)), column.key, *(plain(word) for word in column.also)}:
            return column
    return None


CHOICES: dict[str, Sequence[tuple[Any, Any]]] = {
    "kind": Kind.choices, "settings": Setting.choices, "languages": Language.choices, "formats": Format.choices,
    "access": Access.choices, "goals": [(number, f"{number} ({words})") for number, words in Goal.choices],
}  # fmt: skip
"""What a cell may say, for the sheet of allowed values."""
