"""A small France for a demonstration year: Rouen, its métropole, one town for each fate asked for, and a few villages."""

from django.core.management import call_command

from marelle.demo.fates import METROPOLE, ROUEN, Plan
from tests.territories.factories import DepartementFactory, EpciFactory, RegionFactory, TerritoryFactory


def small_plan(fates):
    call_command("load_programme", verbosity=0)
    region = RegionFactory(name="Normandie")
    home = DepartementFactory(code="76", name="Seine-Maritime", region=region)
    metropole = EpciFactory(
        name="Métropole Rouen Normandie", code=METROPOLE, departement=home, region=region, population=490_000
    )

    def town(name, **more):
        return TerritoryFactory(name=name, departement=home, region=region, population=12_000, x=351.0, y=158.0, **more)

    rouen = town("Rouen", code=ROUEN, epci=metropole)
    candidates = [(town(f"Ville {number} {fate.value.replace('_', ' ')}"), fate) for number, fate in enumerate(fates)]
    return Plan(candidates, [town(f"Village {n}") for n in range(4)], [town("Yvetot")], rouen, metropole)
