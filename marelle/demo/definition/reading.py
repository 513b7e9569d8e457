"""From `demo/library/*.yaml` to typed objects, or to the list of all that is wrong, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from marelle.library.definition import convention, themes
from marelle.programme.definition.yaml_lines import Place, Read, Unreadable, read

from .shape import Resource, Told, Written

FOLDER = Path(__file__).resolve().parent.parent / "library"
Shape = TypeVar("Shape", bound=BaseModel)
Sheet = TypeVar("Sheet", Told, Written)


class Invalid(Exception):
    """What is wrong, a line each: `resources/sante.yaml:12 · [0].minutes · les étapes durent 40 minutes…`."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@cache
def resources() -> dict[str, Resource]:
    """Every resource of the demonstration by its key; kits last, so that what they hold is there before them."""
    found = resources_in(sorted((FOLDER / "resources").glob("*.yaml")))
    return {one.key: one for one in sorted(found.values(), key=lambda one: bool(one.items))}


@cache
def practices() -> dict[str, Told]:
    return _plain(Told, "practices")


@cache
def guides() -> dict[str, Written]:
    return _plain(Written, "guides")


def _plain(shape: type[Sheet], folder: str) -> dict[str, Sheet]:
    problems: list[str] = []
    found: dict[str, Sheet] = {}
    for file in sorted((FOLDER / folder).glob("*.yaml")):
        for one, where in rows(file, shape, problems):
            if one.key in found:
                problems.append(f"{where} · la clé « {one.key} » est déjà prise")
            problems += [f"{where} · {reason}" for reason in _unknown(one)]
            found[one.key] = one
    if problems:
        raise Invalid(problems)
    return found


def resources_in(files: Iterable[Path]) -> dict[str, Resource]:
    """Those of some files. Raises `Invalid` with everything that is wrong in any of them."""
    problems: list[str] = []
    found: dict[str, Resource] = {}
    for file in files:
        for one, where in rows(file, Resource, problems):
            if one.key in found:
                problems.append(f"{where} · la clé « {one.key} » est déjà prise")
            problems += [f"{where} · {reason}" for reason in _unknown(one)]
            found[one.key] = one
    for one in found.values():
        for key in one.items:
            if key not in found or found[key].items:
                problems.append(f"{one.key} · items · « {key} » n’est pas une ressource que l’on puisse y mettre")
    if problems:
        raise Invalid(problems)
    return found


def rows(file: Path, shape: type[Shape], problems: list[str]) -> Iterable[tuple[Shape, str]]:
    """Each row of a list as `shape`, with where it stands; what cannot be read is added to `problems`."""
    name = f"{file.parent.name}/{file.name}"
    try:
        content = read(file.read_bytes())
    except Unreadable as error:
        problems.append(f"{name}:{error.line or 1} · {error.reason}")
        return
    problems += [f"{name}:{line} · {'.'.join(map(str, path))} · écrit deux fois" for path, line in content.doubles]
    alone = isinstance(content.value, dict)  # A guide has its file to itself.
    if not alone and not isinstance(content.value, list):
        problems.append(f"{name}:1 · une liste est attendue")
        return
    for index, row in enumerate([content.value] if alone else content.value):
        place: Place = () if alone else (index,)
        try:
            yield shape.model_validate(row), f"{name}:{content.line(place)}"
        except ValidationError as error:
            problems += [_explained(one, content, place, name) for one in error.errors()]


def _explained(error: Any, content: Read, place: Place, name: str) -> str:
    path = (*place, *error["loc"])
    return f"{name}:{content.line(path)} · {'.'.join(map(str, error['loc']))} · {error['msg']}"


def _unknown(one: Resource | Told | Written) -> list[str]:
    return [
        *(f"themes · « {slug} » n’est pas un thème" for slug in one.themes if slug not in themes()),
        *(f"articles · la Convention n’a pas d’article {n} ici" for n in one.articles if n not in convention()),
    ]
