"""A library of 20 000 resources: sheets of some 250 words from a small stock of French sentences, facets spread as a
real one spreads them. Deterministic, written in bulk: what is measured is reading them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from marelle.library.enums import Access, Format, Goal, Kind, Language, Setting
from marelle.library.models import Article, Resource, Theme

RESOURCES = 20_000
SUBJECTS = """la cour|le trajet de l’école|la cantine|le parc|la bibliothèque|le sommeil|les écrans|le harcèlement
la colère|les premiers secours|le budget du conseil|la piscine|le jardin partagé|les discriminations|le handicap
la rentrée|le goûter|les jeux de plein air|le climat|l’eau|les droits de l’enfant|la fratrie|la musique|le théâtre
l’amitié|la confiance|le quartier|la nuit|les émotions|les rumeurs""".replace("\n", "|").split("|")
WAYS = """Débattre de|Dessiner|Cartographier|Raconter|Jouer|Mesurer|Photographier|Améliorer|Comprendre|Préparer
Imaginer|Enquêter sur|Présenter|Filmer|Afficher""".replace("\n", "|").split("|")
SENTENCES = """Chaque enfant choisit une place et dit ce qu’il y voit.|L’adulte lit la consigne deux fois, lentement.
On note les idées sans les juger, puis on les regroupe.|Personne n’est obligé de parler devant les autres.
Les groupes échangent leurs feuilles et ajoutent une question.|On vote avec des gommettes, puis on compte ensemble.
Une affiche garde la trace de ce qui a été décidé.|La réponse de la mairie est lue au groupe le mois suivant.
Prévoyez des ciseaux, de la colle et de grandes feuilles.|Les plus jeunes dessinent, les plus grands écrivent.
Le plan du quartier reste affiché pendant une semaine.|Un enfant peut changer d’avis à tout moment.""".replace(
    "\n", "|"
).split("|")


def _spread(chance: random.Random, choices: type, weights: list[int], most: int) -> list:
    return sorted({chance.choices(list(choices), weights)[0].value for _ in range(chance.randint(1, most))})


def sheets(chance: random.Random) -> Iterator[Resource]:
    now = timezone.now()
    for number in range(RESOURCES):
        age = chance.randint(3, 16)
        minutes = chance.choice([10, 20, 30, 45, 60, 90, 120, 240])
        title = f"{chance.choice(WAYS)} {chance.choice(SUBJECTS)} {number}"
        text = " ".join(chance.choices(SENTENCES, k=20))
        yield Resource(
            slug=f"fiche-{number}",
            title=title,
            summary=" ".join(chance.choices(SENTENCES, k=2)),
            kind=chance.choices(list(Kind), [1, 12, 3, 1, 1, 2])[0],
            body=json.dumps([{"type": "text", "value": f"<p>{text}</p>", "id": f"{number:032d}"}]),
            age_from=age,
            age_to=min(18, age + chance.randint(1, 6)),
            minutes_from=minutes,
            minutes_to=minutes + 15,
            group_from=chance.choice([None, 2, 6, 10]),
            group_to=chance.choice([None, 12, 20, 30]),
            settings=_spread(chance, Setting, [6, 4, 1, 2], 3),
            languages=_spread(chance, Language, [90, 3, 2, 1, 1, 1, 1, 1, 1], 1),
            formats=_spread(chance, Format, [9, 2, 1, 1, 3, 1], 2),
            access=_spread(chance, Access, [1, 1, 1, 1, 3, 1, 3, 6], 3),
            goals=_spread(chance, Goal, [1, 1, 2, 6, 2, 1, 2, 3, 2, 3, 1], 2),
            live=True,
            first_published_at=now,
            last_published_at=now,
        )


@transaction.atomic
def fill() -> list[str]:
    """Fill the shelves; the addresses of a few resources."""
    chance = random.Random(2026)
    rows = Resource.objects.bulk_create(sheets(chance), batch_size=1000)
    themes, articles = list(Theme.objects.all()), list(Article.objects.all())
    for field, many, most in (("themes", themes, 2), ("articles", articles, 3)):
        through = getattr(Resource, field).through
        name = field.removesuffix("s")
        through.objects.bulk_create(
            (
                through(**{"resource_id": row.pk, f"{name}_id": one.pk})
                for row in rows
                for one in chance.sample(many, chance.randint(1, most))
            ),
            batch_size=2000,
        )
    return [f"/ressources/{row.public_id}-{row.slug}/" for row in chance.sample(rows, 20)]
