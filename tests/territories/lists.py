"""Small official lists, written by hand: this year's and next year's."""

import json

REGION = {"kind": "region", "code": "28", "name": "Normandie"}
DEPARTEMENT = {"kind": "departement", "code": "76", "name": "Seine-Maritime", "region": "28"}


def epci(code, name, **more):
    return {"kind": "epci", "code": code, "name": name, "siren": code, "departement": "76", "region": "28"} | more


def commune(code, name, **more):
    return {"kind": "commune", "code": code, "name": name, "departement": "76", "region": "28"} | more


METROPOLE, CAUX, COTE = "200023414", "200069821", "200069844"
THIS_YEAR = [
    REGION,
    DEPARTEMENT,
    epci(METROPOLE, "Métropole Rouen Normandie"),
    epci(CAUX, "Communauté de communes du Caux"),
    commune("76540", "Rouen", population=117662, epci=METROPOLE, postcodes=["76000", "76100"]),
    commune("76095", "Bihorel", population=8200, epci=METROPOLE, postcodes=["76420"]),
    commune("76108", "Bois-Guillaume", population=14200, epci=METROPOLE, postcodes=["76230"]),
    commune("76001", "Allouville", population=1200, epci=CAUX, retired_codes=["76002"]),
    commune("76003", "Ancourt", population=700, epci=CAUX),
    commune("76004", "Île-du-Large"),
]
NEXT_YEAR = [
    REGION,
    DEPARTEMENT,
    epci(METROPOLE, "Métropole Rouen Seine"),
    epci(COTE, "Communauté de communes de la Côte"),
    commune("76540", "Rouen", population=118000, epci=METROPOLE, postcodes=["76000", "76200"]),
    # Bihorel merges into Bois-Guillaume, which takes both names.
    commune(
        "76108",
        "Bois-Guillaume-Bihorel",
        population=22400,
        epci=METROPOLE,
        postcodes=["76230", "76420"],
        retired_codes=["76095"],
        other_names=["Bihorel"],
    ),
    # Allouville gives back the commune it had absorbed; the EPCI of both is gone.
    commune("76001", "Allouville", population=900, epci=COTE),
    commune("76002", "Bellefosse", population=300, epci=COTE),
    commune("76003", "Ancourt", population=700, epci=METROPOLE),
]


def write(folder, territories, *, year=2026):
    folder.mkdir(exist_ok=True)
    text = json.dumps({"in_force_on": f"{year}-01-01", "territories": territories}, ensure_ascii=False)
    (folder / "territories.json").write_text(text)
    return folder
