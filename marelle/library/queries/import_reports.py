"""The table to fill in, and the report of what became of each line."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from django.utils.translation import gettext as _

from marelle.documents.spreadsheets import csv_of, xlsx_of
from marelle.library.definition.imports.cells import ERASE
from marelle.library.definition.imports.columns import CHOICES, TABLES
from marelle.library.definition.imports.law import Fate
from marelle.library.models import Article, Theme
from marelle.library.queries.imports import Outcome, SheetPlan


def template_of(kind: str) -> bytes:
    """The columns with a row of ours to replace, the words that cells may hold, and how to fill them in."""
    columns = TABLES[kind]
    words = {
        str(column.header): [str(label) for _code, label in CHOICES[column.key]]
        for column in columns
        if column.key in CHOICES
    }
    words[_("Thèmes")] = list(Theme.objects.values_list("name", flat=True))
    words[_("Articles")] = [f"{number} ({title})" for number, title in Article.objects.values_list("number", "title")]
    help_rows = [
        (
            _("Référence"),
            _(
                "Votre nom de code pour la fiche, sans double. C’est par elle qu’un second import la retrouve\u202f: ne la changez plus."
            ),
        ),
        (_("Case vide"), _("Rien ne change.")),
        (_("«\u202f{word}\u202f»").format(word=ERASE), _("Écrit dans une case, vide le champ.")),
        (_("Plusieurs valeurs"), _("Séparez-les par un point-virgule.")),
        (_("Obligatoires pour une fiche nouvelle"), ", ".join(str(one.header) for one in columns if one.required)),
    ]
    if kind == "resource":
        help_rows += [
            (_("Texte"), _("Une ligne «\u202f# Titre\u202f» fait un intertitre\u202f; «\u202f-\u202f» une liste\u202f; «\u202f1. Titre (10 min)\u202f: …\u202f» une étape\u202f; «\u202fMatériel\u202f:\u202f» puis «\u202f- …\u202f» le matériel\u202f; «\u202fConseil\u202f:\u202f» et «\u202fAttention\u202f:\u202f» un encadré\u202f; **gras** et *italique*.")),
            (_("Fichiers"), _("«\u202ffiche.pdf = La fiche\u202f», un par ligne\u202f: le nom dans l’archive ZIP, puis le nom affiché.")),
        ]  # fmt: skip
    return xlsx_of(
        [
            (_("À remplir"), [str(one.header) for one in columns], [[one.example for one in columns]]),
            (_("Valeurs possibles"), list(words), zip_longest(*words.values(), fillvalue="")),
            (_("Comment remplir"), [_("Quoi"), _("Comment")], help_rows),
        ]
    )


def report_of(plans: Iterable[SheetPlan]) -> bytes:
    header = [_("Ligne"), _("Référence"), _("Titre"), _("Ce qui est fait"), _("Champs changés"), _("Gardés, modifiés à la main"), _("À corriger, ou à savoir")]  # fmt: skip
    return csv_of(header, (_row(plan) for plan in plans))


def in_words(outcome: Outcome) -> str:
    return {
        Outcome.NEW: _("nouvelle, en brouillon"),
        Outcome.CHANGED: _("changée, en brouillon"),
        Outcome.SAME: _("inchangée"),
        Outcome.KEPT: _("gardée"),
        Outcome.ERROR: _("en erreur"),
    }[outcome]


def _row(plan: SheetPlan) -> list[str | int]:
    said = [f"{column} : {words}" for column, words in plan.errors] + ([plan.why] if plan.why else [])
    said += [f"{one.name} : {one.why}" for one in plan.files if one.fate == Fate.KEPT]
    done = plan.outcome == Outcome.CHANGED
    changed = [one.header for one in plan.changes] + [one.name for one in plan.file_changes] if done else []
    return [
        plan.line, plan.reference, plan.title, in_words(plan.outcome), ", ".join(changed),
        ", ".join(one.header for one in plan.kept), " ; ".join(said),
    ]  # fmt: skip
