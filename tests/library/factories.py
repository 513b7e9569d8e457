"""What the library holds, minimal by default: `ResourceFactory(live=True, themes=["sante"], articles=[12])`.

Themes and articles are named by their slug and number, and made when they are missing.
"""

from datetime import UTC, date, datetime

import factory
from django.utils.text import slugify
from wagtail.rich_text import RichText

from marelle.documents.actions import store_bytes
from marelle.library.enums import Kind, PracticeState, Setting
from marelle.library.models import (
    Article,
    FileVersion,
    Guide,
    KitItem,
    Picture,
    Practice,
    PracticeContact,
    Resource,
    ResourceFile,
    Theme,
)
from tests.accounts.factories import CollectiviteFactory

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
"""The `at` of `tests/conftest.py`."""


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"theme-{n}")
    name = factory.LazyAttribute(lambda o: o.slug.replace("-", " ").capitalize())
    position = factory.Sequence(lambda n: n)


class ArticleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Article
        django_get_or_create = ("number",)

    number = 12
    title = factory.LazyAttribute(lambda o: f"Un droit, le {o.number}")
    wording = "Ce que les adultes doivent faire."
    child_title = factory.LazyAttribute(lambda o: f"Ton droit {o.number}")
    child_wording = "Ce à quoi tu as droit."


def themes_of(given) -> list[Theme]:
    return [one if isinstance(one, Theme) else ThemeFactory(slug=one) for one in given]


def articles_of(given) -> list[Article]:
    return [one if isinstance(one, Article) else ArticleFactory(number=one) for one in given]


class SheetFactory(factory.django.DjangoModelFactory):
    """What resources, practices and guides share. A draft unless `live=True`."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"La carte des cachettes {n}")
    slug = factory.LazyAttribute(lambda o: slugify(o.title)[:80] or "sans-titre")
    summary = "Les enfants dessinent leur quartier, et montrent ce qui leur plaît."
    age_from = 6
    age_to = 12
    live = False
    first_published_at = factory.LazyAttribute(lambda o: AT if o.live else None)
    last_published_at = factory.LazyAttribute(lambda o: o.first_published_at)

    @factory.post_generation
    def themes(self, create, given, **kwargs):
        _cite(self, "themes", themes_of(given or []))

    @factory.post_generation
    def articles(self, create, given, **kwargs):
        _cite(self, "articles", articles_of(given or []))


def _cite(sheet, name, cited):
    """Written in the table between the two: set on the sheet itself, they would wait for it to be saved again."""
    links = getattr(type(sheet), name).through
    here, there = f"{sheet._meta.model_name}_id", f"{name.removesuffix('s')}_id"
    links.objects.bulk_create([links(**{here: sheet.pk, there: one.pk}) for one in cited])


class ResourceFactory(SheetFactory):
    class Meta:
        model = Resource
        skip_postgeneration_save = True

    kind = Kind.ACTIVITY
    settings = factory.LazyFunction(lambda: [Setting.CLASS.value])
    languages = factory.LazyFunction(lambda: ["fr"])
    minutes_from = 45
    minutes_to = 60
    group_from = 6
    group_to = 30


def kit_of(*resources, **fields) -> Resource:
    """A kit that holds these resources, in this order."""
    kit = ResourceFactory(kind=Kind.KIT, **fields)
    for place, resource in enumerate(resources):
        KitItem.objects.create(kit=kit, resource=resource, sort_order=place)
    return kit


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 280]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n"  # fmt: skip
"""The smallest page."""


def stored(content: bytes = PDF, name: str = "fiche.pdf", mime: str = "application/pdf"):
    return store_bytes(content, name=name, mime=mime, by=None, at=AT)


class ResourceFileFactory(factory.django.DjangoModelFactory):
    """A file with its first version; `content=b"…"` says what is in it, `content__absent=True` leaves it without version."""

    class Meta:
        model = ResourceFile
        skip_postgeneration_save = True

    resource = factory.SubFactory(ResourceFactory, live=True)
    label = "La fiche"
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def content(self, create, given, **kwargs):
        if create and (given or not kwargs.get("absent")):
            FileVersionFactory(file=self, stored=stored(given or PDF))


class FileVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FileVersion

    file = factory.SubFactory(ResourceFileFactory, content__absent=True)
    number = factory.LazyAttribute(lambda o: o.file.versions.count() + 1)
    stored = factory.LazyFunction(stored)
    pages = 1
    added_at = AT


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture

    title = "Une cour d’école"
    description = "Une cour d’école avec trois tilleuls et une marelle peinte."
    credit = "Équipe de démonstration"
    showing = "nobody"
    file = factory.django.ImageField(width=1200, height=800, filename="cour.jpg", format="JPEG")


# --- Practices -------------------------------------------------------------------------------------------------------

WHOLE = {
    "context": "Deux écoles dont les cours étaient entièrement bitumées, trop chaudes en juin.",
    "children_part": "Les élèves ont mesuré l’ombre, dessiné la cour et choisi où va le terrain de jeu.",
    "steps": ["Mesurer la cour avec les élèves", "Dessiner, puis choisir", "Planter avec les familles"],
    "cost_euros": 12_500,
    "cost_note": "Travaux et arbres, dont la moitié payée par une aide.",
    "staff": "Une animatrice, un jour par semaine pendant six mois.",
    "partners": "L’école Jean-Zay et les parents.",
    "result": "La cour est ouverte au quartier le samedi et plus fraîche en été.",
    "evidence": "Nous avons compté les jeux deux semaines avant et deux semaines après.",
    "failures": "Le budget a été annoncé trop tard : la moitié des idées ont été refusées.",
    "advice": "Commencer par une seule cour.",
    "started_in": 2024,
}
"""Every question of the guided form, answered."""


class PracticeFactory(SheetFactory):
    """Of a collectivité of its own, a draft with nothing but its title: `whole=True` answers every question."""

    class Meta:
        model = Practice
        skip_postgeneration_save = True

    class Params:
        whole = factory.Trait(**WHOLE)
        published = factory.Trait(
            **WHOLE,
            live=True,
            state=PracticeState.PUBLISHED,
            reviewed_on=date(2026, 11, 2),
            review_on=date(2028, 11, 1),
        )

    title = factory.Sequence(lambda n: f"La cour redessinée par ses élèves {n}")
    organisation = factory.SubFactory(CollectiviteFactory)
    created_at = state_since = AT


def contact_of(practice, *, agreed_at=AT, **fields) -> PracticeContact:
    known = {"name": "Noor Haddad", "email": "noor.haddad@ville.example", "asked_at": AT}
    return PracticeContact.objects.create(practice=practice, agreed_at=agreed_at, **{**known, **fields})


# --- Guides ----------------------------------------------------------------------------------------------------------


class GuideFactory(SheetFactory):
    """Two short chapters."""

    class Meta:
        model = Guide
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Tenir un conseil d’enfants {n}")
    body = factory.LazyFunction(
        lambda: [
            ("heading", "Avant de commencer"),
            ("text", RichText("<p>Choisir <b>avec eux</b> le jour et l’heure.</p>")),
            ("heading", "La première séance"),
            ("text", RichText("<p>Écouter d’abord.</p><ul><li>un tour</li><li>deux tours</li></ul>")),
        ]
    )
