"""Sheets of paper typed in by one adult: how many sheets, how many strokes for each choice, the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marelle.ballots.models import Bundle
from marelle.ballots.paper import ANSWERED, MANY, ONE, Cells, Paper, Unreadable
from marelle.ballots.rules import MOST_CHILDREN
from marelle.participation.enums import AgeBand
from marelle.participation.queries.papers import Asked, label

LONGEST = 1000
"""What one child wrote to one question."""
MOST_WORDS = 100_000
NUMBER = _("Écrivez un nombre, en chiffres.")


def count_field(**options: Any) -> forms.IntegerField:
    errors = dict.fromkeys(("invalid", "min_value"), NUMBER) | {"max_value": _("Ce nombre est trop grand.")}
    return forms.IntegerField(min_value=0, max_value=MOST_CHILDREN, error_messages=errors, **options)


class Rows:
    """One question on the page: its fields, in the order of the sheet of strokes."""

    def __init__(self, form: SheetsForm, one: Asked):
        self.form, self.asked, self.question = form, one, one.question
        self.kind = form.paper.questions[one.question.key].kind if not one.question.is_text else "text"

    @property
    def id(self) -> str:
        return f"question-{self.asked.number}"

    def name(self, choice: int, place: int = 0) -> str:
        return f"n{self.asked.number}-{choice}" + (f"-{place}" if place else "")

    @property
    def blank_name(self) -> str:
        return f"b{self.asked.number}"

    @property
    def words_name(self) -> str:
        return f"w{self.asked.number}"

    @property
    def lines(self) -> Iterator[tuple[str, list[BoundField]]]:
        """(choice, its boxes)."""
        for n, choice in enumerate(self.question.choices):
            names = [self.name(n, place) for place in self.asked.places] if self.kind == "rank" else [self.name(n)]
            yield label(choice), [self.form[name] for name in names]

    @property
    def blank(self) -> BoundField | None:
        return self.form[self.blank_name] if self.blank_name in self.form.fields else None

    @property
    def words(self) -> BoundField | None:
        return self.form[self.words_name] if self.kind == "text" else None

    @property
    def first(self) -> str:
        return self.words_name if self.kind == "text" else self.name(0, 1 if self.kind == "rank" else 0)

    @property
    def errors(self) -> list[str]:
        """Each once, shown above the boxes of the question."""
        names = [name for name in self.form.fields if name in self.form.errors and self.owns(name)]
        return list(dict.fromkeys(str(error) for name in names for error in self.form.errors[name]))

    def owns(self, name: str) -> bool:
        number = str(self.asked.number)
        return name in {self.blank_name, self.words_name} or name.startswith(f"n{number}-")


class SheetsForm(forms.Form):
    """All is typed on one page, from the sheet of strokes. An empty box is a zero."""

    sheets = forms.IntegerField(
        label=_("Nombre de feuilles"),
        min_value=1,
        max_value=MOST_CHILDREN,
        help_text=_("Comptez le paquet, feuilles blanches comprises."),
        error_messages={
            "required": _("Comptez les feuilles et écrivez leur nombre."),
            "invalid": NUMBER,
            "min_value": _("Comptez les feuilles et écrivez leur nombre."),
            "max_value": _("Une séance compte %(limit_value)s enfants au plus."),
        },
    )
    age_band = forms.ChoiceField(label=_("Âge des enfants de ces feuilles"), required=False)

    def __init__(self, questions: list[Asked], paper: Paper, data: Any = None, *, band: str = "", **kwargs: Any):
        super().__init__(data, **kwargs)
        self.paper, self.band = paper, band
        shown = [one for one in questions if one.question.key != paper.age]
        for one in shown:
            self._add(Rows(self, one))
        self.rows = [Rows(self, one) for one in shown]
        if band and not paper.age:
            del self.fields["age_band"]
            return
        bands = paper.questions[paper.age].choices if paper.age else AgeBand.values
        self.fields["age_band"].choices = [
            ("", _("Âges mélangés, ou inconnus")),
            *((one, AgeBand(one).label) for one in bands if one in AgeBand.values),
        ]
        self.fields["age_band"].help_text = _("Faites un paquet par âge, et saisissez chaque paquet à part.")
        self.fields["age_band"].initial = band

    def _add(self, rows: Rows) -> None:
        prefix = gettext("Question {number}").format(number=rows.asked.number)
        if rows.kind == "text":
            self.fields[rows.words_name] = forms.CharField(
                label=prefix,
                required=False,
                max_length=MOST_WORDS,
                widget=forms.Textarea(attrs={"rows": 6}),
            )
            return
        for n, choice in enumerate(rows.question.choices):
            said = f"{prefix}, {label(choice)}"
            if rows.kind == "rank":
                for place in rows.asked.places:
                    known_as = gettext("{choice}, place {place}").format(choice=said, place=place)
                    self.fields[rows.name(n, place)] = count_field(label=known_as, required=False)
            else:
                self.fields[rows.name(n)] = count_field(label=said, required=False)
        if rows.kind == MANY:
            self.fields[rows.blank_name] = count_field(
                label=gettext("{question}, feuilles sans réponse").format(question=prefix), required=False
            )

    # --- What is wrong, in the words of who counts strokes ---

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        sheets = cleaned.get("sheets")
        for rows in self.rows:
            if rows.kind == "text":
                self._check_words(rows, cleaned.get(rows.words_name) or "", sheets)
            elif sheets and not rows.errors:
                for problem in self._problems(rows, cleaned, sheets):
                    self.add_error(rows.first, problem)
        if sheets and not self.errors:
            try:  # What no check above explains is refused all the same.
                self.paper.bundle(self.cells, sheets)
            except Unreadable as unreadable:
                key = unreadable.args[1] if len(unreadable.args) > 1 else ""
                at = next((rows.first for rows in self.rows if rows.question.key == key), "sheets")
                self.add_error(
                    at, gettext("Ces nombres ne vont pas ensemble\u202f: recomptez les bâtons de cette question.")
                )
        return cleaned

    def _problems(self, rows: Rows, cleaned: dict[str, Any], sheets: int) -> Iterator[str]:
        names = [label(choice) for choice in rows.question.choices]
        if rows.kind == "rank":
            grid = [[cleaned.get(rows.name(n, p)) or 0 for p in rows.asked.places] for n in range(len(names))]
            for place, column in enumerate(zip(*grid, strict=True), start=1):
                if sum(column) > sheets:
                    yield gettext(
                        "La place {place} est donnée {n} fois pour {sheets} feuilles. Chaque feuille ne la donne "
                        "qu’une fois\u202f: recomptez cette colonne."
                    ).format(place=place, n=sum(column), sheets=sheets)
            for name, row in zip(names, grid, strict=True):
                if sum(row) > sheets:
                    yield gettext(
                        "«\u202f{choice}\u202f» est classé {n} fois pour {sheets} feuilles. Chaque feuille ne le classe "
                        "qu’une fois\u202f: recomptez cette ligne."
                    ).format(choice=name, n=sum(row), sheets=sheets)
            return
        counts = [cleaned.get(rows.name(n)) or 0 for n in range(len(names))]
        if rows.kind == ONE:
            if sum(counts) > sheets:
                yield gettext(
                    "Cela fait {n} réponses pour {sheets} feuilles, alors que chaque enfant ne coche qu’une case. "
                    "Recomptez les bâtons, ou le nombre de feuilles."
                ).format(n=sum(counts), sheets=sheets)
            return
        for name, n in zip(names, counts, strict=True):
            if n > sheets:
                yield gettext(
                    "«\u202f{choice}\u202f» est coché {n} fois pour {sheets} feuilles. Recomptez les bâtons de cette ligne."
                ).format(choice=name, n=n, sheets=sheets)
        blank = cleaned.get(rows.blank_name) or 0
        if max(counts, default=0) <= sheets < max(counts, default=0) + blank:
            yield gettext(
                "{blank} feuilles sans réponse sur {sheets}\u202f: il en reste {left}, et une case est cochée {n} fois. "
                "Recomptez."
            ).format(blank=blank, sheets=sheets, left=max(sheets - blank, 0), n=max(counts))
        elif sum(counts) > (sheets - blank) * rows.asked.most:
            yield gettext(
                "Cela fait {n} cases cochées. Avec {most} choix au plus par feuille et {sheets} feuilles remplies, il "
                "ne peut pas y en avoir plus de {limit}. Recomptez les bâtons."
            ).format(
                n=sum(counts), most=rows.asked.most, sheets=sheets - blank, limit=(sheets - blank) * rows.asked.most
            )

    def _check_words(self, rows: Rows, text: str, sheets: int | None) -> None:
        lines = lines_of(text)
        if sheets and len(lines) > sheets:
            words = gettext(
                "Il y a {n} lignes pour {sheets} feuilles. Une ligne par enfant\u202f: ne coupez pas une phrase en deux."
            )
            self.add_error(rows.words_name, words.format(n=len(lines), sheets=sheets))
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST:
                words = gettext("La ligne {n} est trop longue\u202f: {most} signes au plus pour un enfant.")
                self.add_error(rows.words_name, words.format(n=number, most=LONGEST))

    # --- What is given to the action ---

    @property
    def cells(self) -> Cells:
        cleaned, sheets = self.cleaned_data, self.cleaned_data["sheets"]
        cells: Cells = {}
        for rows in self.rows:
            if rows.kind == "text":
                continue
            counts: dict[str, int] = {}
            for n, choice in enumerate(rows.question.choices):
                if rows.kind == "rank":
                    counts |= {f"{choice.key}@{p}": cleaned.get(rows.name(n, p)) or 0 for p in rows.asked.places}
                else:
                    counts[choice.key] = cleaned.get(rows.name(n)) or 0
            if rows.kind == MANY and any(counts.values()):
                counts[ANSWERED] = sheets - (cleaned.get(rows.blank_name) or 0)
            kept = {cell: n for cell, n in counts.items() if n}
            if kept:
                cells[rows.question.key] = kept
        if self.paper.age and cleaned.get("age_band"):
            cells[self.paper.age] = {cleaned["age_band"]: sheets}
        return cells

    @property
    def words(self) -> dict[str, list[str]]:
        """{question: one child a line}."""
        text = {rows.question.key: self.cleaned_data.get(rows.words_name) for rows in self.rows if rows.kind == "text"}
        return {key: lines_of(said) for key, said in text.items() if said}

    @property
    def said(self) -> dict[str, Any]:
        return {
            "age_band": self.cleaned_data.get("age_band") or self.band,
            "sheets": self.cleaned_data["sheets"],
            "cells": self.cells,
            "words": self.words,
        }


def as_typed(questions: list[Asked], paper: Paper, bundle: Bundle, words: dict[str, list[str]]) -> dict[str, Any]:
    """A bundle as the boxes it was typed in, to correct it."""
    form = SheetsForm(questions, paper)
    typed: dict[str, Any] = {"sheets": bundle.sheets, "age_band": bundle.age_band}
    for rows in form.rows:
        cells = bundle.cells.get(rows.question.key, {})
        if rows.kind == "text":
            typed[rows.words_name] = "\n".join(words.get(rows.question.key, []))
            continue
        for n, choice in enumerate(rows.question.choices):
            for place in rows.asked.places if rows.kind == "rank" else [0]:
                typed[rows.name(n, place)] = cells.get(f"{choice.key}@{place}" if place else choice.key)
        if rows.kind == MANY and cells:
            typed[rows.blank_name] = bundle.sheets - cells.get(ANSWERED, bundle.sheets)
    return typed


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class SecondCountForm(forms.Form):
    """The sheets counted again, by hand, without looking at the first number."""

    sheets = forms.IntegerField(
        label=_("Comptez encore les feuilles\u202f: combien\u202f?"),
        min_value=0,
        max_value=MOST_CHILDREN,
        error_messages={
            "required": _("Comptez encore les feuilles et écrivez leur nombre."),
            "invalid": NUMBER,
            "min_value": NUMBER,
            "max_value": _("Ce nombre est trop grand."),
        },
    )
