"""A question as a form: its words in each language, its answers row by row, when it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marelle.participation.definition import Question, Questionnaire
from marelle.participation.definition.checking import CHOICES, LIMITED, LONGEST_HELP, LONGEST_LABEL, LONGEST_TEXT
from marelle.participation.definition.editing import fresh_choice, places
from marelle.participation.enums import LANGUAGES, QuestionKind
from marelle.ui import pictograms

ROWS = 40
"""More rows than any kind takes: what is beyond was made by no form of ours."""
BLANK_ROWS = 2


@dataclass(frozen=True)
class Row:
    """One answer as it is being written."""

    key: str = ""
    label: Mapping[str, str] = field(default_factory=dict)
    picto: str = ""
    search: str = ""
    is_open: bool = False
    error: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.picto and not any(text.strip() for text in self.label.values())


class QuestionForm(forms.Form):
    """`only_words`: the consultation is open, and a spelling is put right."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self,
        data: Any = None,
        *,
        question: Mapping[str, Any],
        questionnaire: Questionnaire,
        revision: int,
        seen: str,
        only_words: bool = False,
    ):
        super().__init__(data, initial={"revision": revision, "seen": seen})
        self.question, self.languages, self.only_words = question, questionnaire.languages, only_words
        self.kind = question["kind"]
        self.earlier = list(_earlier(questionnaire, question["key"]))
        for language in self.languages:
            self.fields[f"text-{language}"] = self._words("text", language, _("La question"), LONGEST_TEXT)
            self.fields[f"help-{language}"] = self._words("help", language, _("Une explication"), LONGEST_HELP)
        if only_words:
            self.rows = self._rows()
            return
        if self.kind == QuestionKind.PLACE:
            lines = "\n".join(choice["label"].get("fr", "") for choice in question.get("choices") or [])
            self.fields["places"] = forms.CharField(
                label=_("Les lieux de la ville, un par ligne"),
                required=False,
                max_length=6000,
                initial=lines,
                widget=forms.Textarea(attrs={"rows": 10}),
                help_text=_("Ceux que les enfants nomment : « Le parc des Bruyères », « La piscine », « Ailleurs »."),
            )
        if self.kind in LIMITED:
            self.fields["most"] = forms.TypedChoiceField(
                label=_("Combien un enfant peut-il en choisir, au plus ?"),
                choices=[
                    ("0", _("Autant qu’il veut")),
                    *((str(n), str(n)) for n in range(1, CHOICES[self.kind][1] + 1)),
                ],
                coerce=int,
                initial=str(question.get("most") or 0),
            )
        if self.kind in CHOICES:
            self.fields["shuffle"] = forms.BooleanField(
                label=_("Mélanger les réponses : chaque enfant les voit dans un autre ordre"),
                required=False,
                initial=bool(question.get("shuffle")),
            )
        if self.earlier:
            condition = question.get("only_if") or {}
            self.fields["only_if"] = forms.MultipleChoiceField(
                label=_("Poser cette question seulement si"),
                required=False,
                choices=[(f"{q.key}:{c.key}", c.label.get("fr", c.key)) for q in self.earlier for c in q.choices],
                initial=[f"{condition['question']}:{one}" for one in condition.get("choices") or []]
                if condition
                else [],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": _("Cette réponse n’existe plus : choisissez-en une autre.")},
            )
        self.rows = self._rows()

    # --- Reading the form ---------------------------------------------------------------------------------

    @property
    def has_rows(self) -> bool:
        return self.kind in CHOICES and (self.kind != QuestionKind.PLACE or self.only_words)

    def words(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField]]:
        """For each language: its name, the question, the explanation."""
        names = {code: str(name) for code, name in LANGUAGES}
        for language in self.languages:
            yield names.get(language, language), self[f"text-{language}"], self[f"help-{language}"]

    def conditions(self) -> Iterator[tuple[Question, list[tuple[str, str, bool]]]]:
        """Each earlier question with its answers: (value, words, ticked)."""
        if "only_if" not in self.fields:
            return
        ticked = set(self["only_if"].value() or [])
        for question in self.earlier:
            yield (
                question,
                [
                    (f"{question.key}:{c.key}", c.label.get("fr", c.key), f"{question.key}:{c.key}" in ticked)
                    for c in question.choices
                ],
            )

    def clean_only_if(self) -> dict[str, Any] | None:
        chosen = [value.partition(":")[::2] for value in self.cleaned_data["only_if"]]
        if len({question for question, _answer in chosen}) > 1:
            raise forms.ValidationError(gettext("Choisissez les réponses d’une seule question."))
        return {"question": chosen[0][0], "choices": [answer for _question, answer in chosen]} if chosen else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wrong = False
        for place, row in enumerate(self.rows):
            if any(len(text) > LONGEST_LABEL for text in row.label.values()):
                self.rows[place] = replace(row, error=gettext("%d caractères au plus.") % LONGEST_LABEL)
                wrong = True
        if wrong:
            raise forms.ValidationError(gettext("Une réponse est trop longue."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What `editing.change_question` takes."""
        cleaned = self.cleaned_data
        facts: dict[str, Any] = {
            name: {
                language: text
                for language in self.languages
                if (text := " ".join(cleaned[f"{name}-{language}"].split())) or (name, language) == ("text", "fr")
            }
            for name in ("text", "help")
        }
        if self.kind == QuestionKind.PLACE and not self.only_words:
            facts["choices"] = places(cleaned["places"], before=self.question.get("choices") or [])
        elif self.has_rows:
            facts["choices"] = self._choices()
        for name in ("most", "shuffle", "only_if"):
            if name in self.fields:
                facts[name] = cleaned[name]
        return facts

    # --- The rows of answers ------------------------------------------------------------------------------

    def rearrange(self, act: str) -> None:
        """One more row, one moved or dropped, drawings looked for: on the page only, nothing is saved."""
        name, _colon, number = act.partition(":")
        place = int(number) if number.isdecimal() and len(number) < 4 else -1
        if name == "more":
            self.rows += [Row()] * BLANK_ROWS
        if not 0 <= place < len(self.rows):
            return
        if name == "drop":
            del self.rows[place]
        elif name == "search":
            self.rows[place] = replace(self.rows[place], is_open=True)
        elif name in {"up", "down"}:
            other = place + (1 if name == "down" else -1)
            if 0 <= other < len(self.rows):
                self.rows[place], self.rows[other] = self.rows[other], self.rows[place]

    def _rows(self) -> list[Row]:
        if not self.has_rows:
            return []
        if self.is_bound:
            return self._sent()
        rows = [
            Row(choice["key"], choice.get("label") or {}, choice.get("picto") or "")
            for choice in self.question.get("choices") or []
        ]
        if self.only_words:
            return rows
        return rows + [Row()] * (BLANK_ROWS if rows else 3)

    def _sent(self) -> list[Row]:
        count = min(sum(name.startswith("row-") for name in self.data), ROWS)
        known = {choice["key"] for choice in self.question.get("choices") or []}
        rows = []
        for n in range(count):
            key = self.data.get(f"row-{n}", "")
            rows.append(
                Row(
                    key if key in known else "",
                    {language: self.data.get(f"label-{n}-{language}", "").strip() for language in self.languages},
                    self._drawing(self.data.get(f"picto-{n}", "")),
                    self.data.get(f"search-{n}", "").strip()[:50],
                )
            )
        return rows

    @staticmethod
    def _drawing(code: str) -> str:
        return code if code in pictograms.load() else ""

    def _choices(self) -> list[dict[str, Any]]:
        """The answers written, in order. A drawing without words takes the word that names it."""
        if self.only_words:
            labels = {row.key: row.label for row in self.rows}
            return [
                {**choice, "label": {k: v for k, v in labels.get(choice["key"], choice["label"]).items() if v}}
                for choice in self.question["choices"]
            ]
        choices: list[dict[str, Any]] = []
        before = list(self.question.get("choices") or [])
        seen: set[str] = set()
        for row in self.rows:
            if row.is_blank:
                continue
            label = {language: text for language, text in row.label.items() if text}
            if not label.get("fr") and row.picto:
                label["fr"] = pictograms.word(row.picto).capitalize()
            key = row.key if row.key and row.key not in seen else fresh_choice([*before, *choices])
            seen.add(key)
            choice = {"key": key, "label": label}
            choices.append({**choice, "picto": row.picto} if row.picto else choice)
        return choices

    def _words(self, name: str, language: str, label: Any, longest: int) -> forms.CharField:
        is_help = name == "help"
        return forms.CharField(
            label=label,
            required=language == "fr" and not is_help,
            error_messages={"required": _("Écrivez la question.")},
            max_length=longest,
            initial=(self.question.get(name) or {}).get(language, ""),
            widget=forms.Textarea(attrs={"rows": 2, "lang": language, "dir": "auto"}),
            help_text=_("Lue à voix haute sous la question, si l’enfant le demande.") if is_help else "",
        )


def _earlier(questionnaire: Questionnaire, key: str) -> Iterator[Question]:
    """What was asked before, and may be a condition."""
    for one in questionnaire.questions.values():
        if one.key == key:
            return
        if not one.is_text and one.choices:
            yield one


class SoundForm(forms.Form):
    language = forms.ChoiceField(label=_("Langue"), choices=LANGUAGES)
    sound = forms.FileField(
        label=_("Un son MP3, OGG ou M4A"), error_messages={"required": _("Choisissez l’enregistrement.")}
    )
