import factory
from django.utils.text import slugify

from marelle.territories.models import Kind, Territory


class TerritoryFactory(factory.django.DjangoModelFactory):
    """A commune of 5 000 inhabitants in no département."""

    class Meta:
        model = Territory

    kind = Kind.COMMUNE
    code = factory.Sequence(lambda n: f"{10000 + n:05d}")
    name = factory.Sequence(lambda n: f"Commune {n}")
    slug = factory.LazyAttribute(lambda t: slugify(t.name))
    population = 5000
    population_year = 2023


class DepartementFactory(TerritoryFactory):
    kind = Kind.DEPARTEMENT
    code = factory.Sequence(lambda n: f"D{n:03d}")
    name = factory.Sequence(lambda n: f"Département {n}")


class RegionFactory(TerritoryFactory):
    kind = Kind.REGION
    code = factory.Sequence(lambda n: f"R{n:03d}")
    name = factory.Sequence(lambda n: f"Région {n}")


class EpciFactory(TerritoryFactory):
    kind = Kind.EPCI
    code = factory.Sequence(lambda n: f"2{n:08d}")
    name = factory.Sequence(lambda n: f"Communauté {n}")
    legal_form = "CC"
    siren = factory.SelfAttribute("code")
