"""From a folder of YAML to a mandate and its routes, or to the list of all that is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from . import shape
from .checking import Wrong, what_is_wrong
from .shape import Definition, MandateDefinition
from .yaml_lines import Place, Read, Unreadable, read

MANDATE_FILE = "mandat.yaml"
Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """One thing to mend: in which file, where in it, at which line when known, and why."""

    file: str
    path: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} · {self.path} · {self.reason}" if self.path else f"{where} · {self.reason}"


@dataclass(frozen=True)
class Configuration:
    """What a folder says: its mandate and the routes in it."""

    mandate: MandateDefinition
    routes: tuple[Definition, ...]


class Invalid(Exception):
    """The configuration cannot be loaded. `problems` is never empty."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_configuration(files: Iterable[Path], *, relative_to: Path | None = None) -> Configuration:
    """Read `mandat.yaml` and the routes beside it. Raises `Invalid` with every problem of every file at once."""
    problems: list[Problem] = []
    mandate: MandateDefinition | None = None
    routes: dict[str, Definition] = {}
    files = sorted(files, key=lambda file: (file.name != MANDATE_FILE, file.name))
    for file in files:
        name = _shown(file, relative_to)
        if file.name == MANDATE_FILE:
            found, wrong = read_file(file, MandateDefinition, name=name)
            mandate = found or mandate
        else:
            route, wrong = read_file(file, Definition, name=name)
            if route and route.key in routes:
                wrong.append(Problem(name, "key", _("un autre fichier décrit déjà « %(key)s »") % {"key": route.key}))
            if route:
                routes[route.key] = route
                if mandate:
                    wrong += _outside(route, mandate, name)
        problems += wrong
    if not any(file.name == MANDATE_FILE for file in files):
        problems.insert(0, Problem(MANDATE_FILE, "", _("ce fichier manque : il dit de quel mandat il s’agit")))
    if len(files) < 2 and not problems:
        problems.append(Problem(MANDATE_FILE, "", _("aucun parcours n’est décrit à côté de ce fichier")))
    if problems or mandate is None:
        raise Invalid(problems)
    return Configuration(mandate, tuple(routes.values()))


def read_file(file: Path, kind: type[Shape], *, name: str = "") -> tuple[Shape | None, list[Problem]]:
    """One file as `kind`, with what is wrong in it. None when it cannot be understood at all."""
    name = name or file.name
    try:
        content = file.read_bytes()
    except OSError as error:
        return None, [Problem(name, "", _("le fichier ne se lit pas (%(why)s)") % {"why": error.strerror})]
    return read_content(content, kind, name=name)


def read_content(content: bytes, kind: type[Shape], *, name: str) -> tuple[Shape | None, list[Problem]]:
    """As `read_file`, for content at hand."""
    try:
        found = read(content)
    except Unreadable as error:
        return None, [Problem(name, "", error.reason, error.line)]
    problems = [Problem(name, written(path), _("ce champ est écrit deux fois"), line) for path, line in found.doubles]
    if not isinstance(found.value, dict):
        return None, [*problems, Problem(name, "", _("le fichier doit être une suite de « champ: valeur »"), 1)]
    try:
        thing = kind.model_validate(found.value)
    except ValidationError as error:
        return None, problems + [_explained(one, found, name) for one in error.errors()]
    wrong = what_is_wrong(thing) if isinstance(thing, Definition) else _of_mandate(thing)
    return thing, problems + [Problem(name, written(path), reason, found.line(path)) for path, reason in wrong]


def written(path: Place) -> str:
    """`("sections", 2, "questions")` → `sections[2].questions`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _of_mandate(mandate: Any) -> list[Wrong]:
    wrong: list[Wrong] = []
    if mandate.ends_on <= mandate.starts_on:
        wrong.append((("ends_on",), _("le mandat finit avant d’avoir commencé")))
    for field, limit in (("key", 20), ("name", 100)):
        if not 1 <= len(getattr(mandate, field)) <= limit:
            wrong.append(((field,), _("entre 1 et %(limit)s caractères") % {"limit": limit}))
    return wrong


def _outside(route: Definition, mandate: MandateDefinition, name: str) -> list[Problem]:
    if route.deadlines is None or route.deadlines.file_due_at.date() <= mandate.ends_on:
        return []
    return [Problem(name, "deadlines.file_due_at", _("cette date tombe après la fin du mandat"))]


def _shown(file: Path, relative_to: Path | None) -> str:
    return str(file.relative_to(relative_to)) if relative_to and file.is_relative_to(relative_to) else file.name


def _explained(error: Any, found: Read, name: str) -> Problem:
    path = _standing(tuple(error["loc"]), found.value, missing=error["type"] == "missing")
    return Problem(name, written(path), _reason(error, path), found.line(path))


def _standing(loc: Place, value: Any, *, missing: bool) -> Place:
    """The part of pydantic’s location that stands in the file (it also names the branch of a union it tried)."""
    path: Place = ()
    for index, part in enumerate(loc):
        if (isinstance(value, dict) and part in value) or (
            isinstance(value, list) and isinstance(part, int) and part < len(value)
        ):
            value = value[part]
        elif missing and index == len(loc) - 1:
            return (*path, part)
        else:
            break
        path = (*path, part)
    return path


def _reason(error: Any, path: Place) -> str:
    given = repr(error.get("input"))[:60]
    match error["type"]:
        case "missing":
            return _("ce champ manque")
        case "extra_forbidden":
            near = difflib.get_close_matches(str(path[-1]) if path else "", _known_fields(), n=1)
            return (
                _("ce champ est inconnu ; vouliez-vous dire « %(near)s » ?") % {"near": near[0]}
                if near
                else _("ce champ est inconnu")
            )
        case "literal_error" | "enum":
            return _("%(given)s n’est pas possible ici ; au choix : %(expected)s") % {
                "given": given,
                "expected": error["ctx"]["expected"].replace(" or ", ", "),
            }
        case "string_pattern_mismatch":
            return _(
                "%(given)s n’est pas une clé : minuscules sans accent, chiffres et tirets, deux signes au moins"
            ) % {"given": given}
        case "string_type":
            return _("un texte est attendu, pas %(given)s (mettez-le entre guillemets)") % {"given": given}
        case "list_type":
            return _("une liste est attendue (des lignes qui commencent par un tiret)")
        case "model_type" | "dict_type" | "model_attributes_type":
            return _("une suite de « champ: valeur » est attendue, pas %(given)s") % {"given": given}
        case "bool_type" | "bool_parsing":
            return _("« true » ou « false » est attendu, pas %(given)s") % {"given": given}
        case kind if kind.startswith(("datetime", "date")):
            return _('%(given)s n’est pas une date ; écrivez par exemple "2027-02-28 18:00"') % {"given": given}
        case kind if kind.startswith(("int", "float")):
            return _("un nombre est attendu, pas %(given)s") % {"given": given}
        case "greater_than" | "greater_than_equal":
            return _("%(given)s est trop petit") % {"given": given}
    return str(error["msg"])


def _known_fields() -> set[str]:
    models = [m for m in vars(shape).values() if isinstance(m, type) and issubclass(m, BaseModel)]
    return {field for model in models for field in model.model_fields} | {"euros"}
