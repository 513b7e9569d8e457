"""From YAML to typed objects, once per process. A mistake in a file stops at once and says where it is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from marelle.ui import pictograms

FOLDER = Path(__file__).resolve().parent
Text = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Drawn(Strict):
    picto: str

    @model_validator(mode="after")
    def _is_a_drawing_we_have(self) -> Drawn:
        if self.picto not in pictograms.load():
            raise ValueError(f"{self.picto} is none of our pictograms")
        return self


class Article(Drawn):
    """One article that says a right."""

    number: Annotated[int, Field(ge=1, le=54)]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    right: Annotated[str, Field(min_length=1, max_length=100)]
    """Goes on from « Tu as le droit »."""
    wording: Text
    child_wording: Text
    principle: bool = False

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def child_title(self) -> str:
        return f"Tu as le droit {self.right}"


class Theme(Drawn):
    slug: Annotated[str, Field(pattern=r"^[a-z][a-z-]{1,49}$")]
    name: Annotated[str, Field(min_length=1, max_length=80)]


class _Convention(Strict):
    articles: list[Article]

    @model_validator(mode="after")
    def _each_once_and_in_order(self) -> _Convention:
        if [one.number for one in self.articles] != list(range(1, len(self.articles) + 1)):
            raise ValueError("articles go from 1 up, each once")
        return self


class _Themes(Strict):
    themes: list[Theme]

    @model_validator(mode="after")
    def _each_once(self) -> _Themes:
        if len({one.slug for one in self.themes}) != len(self.themes):
            raise ValueError("a theme is there twice")
        return self


@cache
def convention() -> dict[int, Article]:
    """By number."""
    return {one.number: one for one in _Convention.model_validate(_read("convention.yaml")).articles}


@cache
def themes() -> dict[str, Theme]:
    """By slug, in the order in which they are shown."""
    return {one.slug: one for one in _Themes.model_validate(_read("themes.yaml")).themes}


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text())
