"""YAML as plain values, each with the line it stands on.

A smaller YAML than the language allows: `true` and `false` are the only booleans (`oui`, `no`, `on` are text),
dates stay text until the shape reads them, and no anchor, tag or key twice. What a file says is what one reads in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

Place = tuple[str | int, ...]
MAX_BYTES = 1_000_000


class Unreadable(Exception):
    """The file is not YAML, or not the YAML we take. Carries the line where it is known."""

    def __init__(self, reason: str, line: int | None = None):
        super().__init__(reason)
        self.reason, self.line = reason, line


class Loader(yaml.SafeLoader):
    """Only null, true, false, whole numbers, decimals and text; no part stands for another."""

    def compose_node(self, parent: Any, index: Any) -> yaml.Node | None:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(_("les renvois (& et *) ne sont pas acceptés"), event.start_mark.line + 1)
        return super().compose_node(parent, index)


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("tag:yaml.org,2002:int", r"^-?(?:0|[1-9][0-9]{0,14})$", "-0123456789"),
    ("tag:yaml.org,2002:float", r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}$", "-0123456789"),
):
    Loader.add_implicit_resolver(tag, re.compile(pattern), list(first))

SCALARS = {f"tag:yaml.org,2002:{kind}" for kind in ("bool", "null", "int", "float", "str")}


@dataclass
class Read:
    """What a file says, the line of each of its parts, and the keys said twice."""

    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    doubles: list[tuple[Place, int]] = field(default_factory=list)

    def line(self, path: Place) -> int | None:
        """The line of a part, or of the nearest part around it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path)


def read(content: bytes) -> Read:
    """Read one YAML document. Raises `Unreadable` with the reason in French."""
    if len(content) > MAX_BYTES:
        raise Unreadable(_("le fichier dépasse 1 Mo"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(_("le fichier n’est pas enregistré en UTF-8"), line) from None
    try:
        node = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(
            _("ce n’est pas du YAML : %(problem)s") % {"problem": error.problem or error.context},
            mark.line + 1 if mark else None,
        ) from None
    except yaml.YAMLError as error:
        raise Unreadable(_("ce n’est pas du YAML : %(problem)s") % {"problem": error}) from None
    except RecursionError:
        raise Unreadable(_("trop de niveaux imbriqués")) from None
    read = Read()
    if node is not None:
        read.value = _value(node, (), read)
    return read


def _value(node: yaml.Node, path: Place, into: Read) -> Any:
    line = node.start_mark.line + 1
    into.lines.setdefault(path, line)
    if isinstance(node, yaml.ScalarNode):
        if node.tag not in SCALARS:
            raise Unreadable(_("l’étiquette %(tag)s n’est pas acceptée") % {"tag": node.tag}, line)
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, (*path, index), into) for index, child in enumerate(node.value)]
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise Unreadable(_("un nom de champ est un texte simple"), key_node.start_mark.line + 1)
        key = str(key_node.value)
        if key in values:
            into.doubles.append(((*path, key), key_node.start_mark.line + 1))
        into.lines[(*path, key)] = key_node.start_mark.line + 1
        values[key] = _value(value_node, (*path, key), into)
    return values


def _scalar(node: yaml.ScalarNode) -> Any:
    match node.tag.rpartition(":")[2]:
        case "bool":
            return node.value == "true"
        case "null":
            return None
        case "int" if re.fullmatch(r"-?[0-9]+", node.value):
            return int(node.value)
        case "float" if re.fullmatch(r"-?[0-9]+\.[0-9]+", node.value):
            return float(node.value)
    return str(node.value)
