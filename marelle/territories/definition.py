"""The shape of the list that this project ships (`data/territories.json.xz`), and how it is read.

The list is made once a year by `scripts/build_territories.py`; sources and licences are in `data/SOURCES.md`.
"""

from __future__ import annotations

import hashlib
import lzma
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

SHIPPED = Path(__file__).parent / "data"
NAMES = ("territories.json", "territories.json.xz")
FORMAT = "1"
"""Changes when the same list is to be read differently, so that it is taken in again."""


class BadList(Exception):
    """The list cannot be read. Says which file, where in it, and why."""


class Row(BaseModel):
    """One territory. Codes are text: INSEE for communes, départements and régions, SIREN for EPCI and EPT."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["region", "departement", "epci", "ept", "commune"]
    code: Annotated[str, Field(pattern=r"^[0-9AB]{2,9}$")]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    siren: Annotated[str, Field(pattern=r"^([0-9]{9})?$")] = ""
    legal_form: Annotated[str, Field(max_length=10)] = ""
    population: Annotated[int, Field(ge=0)] | None = None
    population_year: int | None = None
    departement: str | None = None
    region: str | None = None
    epci: str | None = None
    ept: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    x: float | None = None
    y: float | None = None
    email_domain: Annotated[str, Field(max_length=100)] = ""
    postcodes: list[Annotated[str, Field(pattern=r"^[0-9]{5}$")]] = []
    retired_codes: list[str] = []
    other_names: list[str] = []


class OfficialList(BaseModel):
    model_config = ConfigDict(extra="forbid")

    in_force_on: date
    territories: list[Row]


@dataclass(frozen=True)
class Source:
    """The file of a list, and the fingerprint that tells whether it was already taken in."""

    path: Path
    digest: str
    content: bytes

    def read(self) -> OfficialList:
        try:
            text = lzma.decompress(self.content) if self.path.suffix == ".xz" else self.content
            data = OfficialList.model_validate_json(text)
        except lzma.LZMAError as error:
            raise BadList(f"{self.path}: not an xz file ({error})") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(step) for step in first["loc"]) or "the file"
            raise BadList(f"{self.path}: {where}: {first['msg']}") from error
        check(data, self.path)
        return data


def source(folder: Path = SHIPPED) -> Source:
    for name in NAMES:
        path = folder / name
        if path.is_file():
            content = path.read_bytes()
            return Source(path, hashlib.sha256(FORMAT.encode() + content).hexdigest(), content)
    raise BadList(f"{folder}: none of {', '.join(NAMES)} is here")


def check(data: OfficialList, path: Path) -> None:
    """What one row cannot say alone: codes are unique, and every code a row names is a row."""
    codes: dict[str, set[str]] = {kind: set() for kind in ("region", "departement", "epci", "ept", "commune")}
    for number, row in enumerate(data.territories):
        if row.code in codes[row.kind]:
            raise BadList(f"{path}: territories.{number}.code: {row.kind} {row.code} is there twice")
        codes[row.kind].add(row.code)
    retired: set[str] = set()
    for number, row in enumerate(data.territories):
        for kind in ("departement", "region", "epci", "ept"):
            code = getattr(row, kind)
            if code is not None and code not in codes[kind]:
                raise BadList(f"{path}: territories.{number}.{kind}: {code} is not in the list")
        for code in row.retired_codes:
            if code in codes["commune"] or code in retired:
                raise BadList(f"{path}: territories.{number}.retired_codes: {code} is current, or retired twice")
            retired.add(code)
