"""The national volume: 3 000 organisations and 1 500 candidacies on real territories, written in bulk.

Deterministic. Writes rows directly: what is measured is reading them.
"""

from __future__ import annotations

import itertools
import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from marelle.accounts.enums import Kind, Role
from marelle.accounts.models import Coverage, Membership, Organisation, User
from marelle.programme.enums import RouteKind, Status
from marelle.programme.models import Answer, Candidacy, Message, Route, Title
from marelle.territories.models import Kind as TerritoryKind
from marelle.territories.models import Territory

ORGANISATIONS = 3000
CANDIDACIES = 1500
ADVISERS = 20


@transaction.atomic
def fill() -> dict[str, str]:
    """Fill the database; returns the e-mail of one person per role, and the dashboard's path."""
    chance = random.Random(2026)
    now = timezone.now()
    today = timezone.localdate()
    places = list(
        Territory.objects.eligible()
        .filter(population__gt=1000, departement__isnull=False)
        .order_by("-population", "code")[:ORGANISATIONS]
    )
    rouen = Territory.objects.get(kind=TerritoryKind.COMMUNE, code="76540")
    if rouen not in places:
        places[0] = rouen
    organisations = Organisation.objects.bulk_create(
        Organisation(kind=Kind.COLLECTIVITE, name=p.name, territory=p, created_at=now) for p in places
    )
    team = Organisation.objects.create(kind=Kind.NATIONAL, name="Équipe nationale", created_at=now)
    departements = list(Territory.objects.filter(kind=TerritoryKind.DEPARTEMENT).order_by("code"))
    delegations = Organisation.objects.bulk_create(
        Organisation(kind=Kind.DELEGATION, name=d.name, created_at=now) for d in departements
    )
    Coverage.objects.bulk_create(
        Coverage(delegation=o, territory=d, starts_on=today - timedelta(days=400))
        for o, d in zip(delegations, departements, strict=True)
    )

    def people(prefix, count):
        return User.objects.bulk_create(
            User(email=f"{prefix}{n}@marelle.example", name=f"{prefix.title()} {n}", is_fictitious=True, password="!")
            for n in range(count)
        )

    leads, advisers, [manager] = people("lead", ORGANISATIONS), people("adviser", ADVISERS), people("manager", 1)
    start = today - timedelta(days=300)
    Membership.objects.bulk_create(
        [
            Membership(user=u, organisation=o, role=Role.LEAD, starts_on=start)
            for u, o in zip(leads, organisations, strict=True)
        ]
        + [Membership(user=u, organisation=team, role=Role.ADVISER, starts_on=start) for u in advisers]
        + [Membership(user=manager, organisation=team, role=Role.MANAGER, starts_on=start)]
    )
    route = Route.objects.get(kind=RouteKind.TITLED)
    version = route.versions.latest("number")
    near = {d.pk: o for d, o in zip(departements, delegations, strict=True)}
    statuses = itertools.cycle([s for s in Status if s != Status.ABANDONED])
    chosen = sorted(range(ORGANISATIONS), key=lambda n: (places[n].pk != rouen.pk, chance.random()))[:CANDIDACIES]
    candidacies = Candidacy.objects.bulk_create(
        Candidacy(
            territory=places[n], organisation=organisations[n], route=route, version=version,
            status=next(statuses), status_since=now - timedelta(days=chance.randrange(90)),
            opened_at=now - timedelta(days=200), opened_by=leads[n], confirmed_at=now - timedelta(days=190), confirmed_by=manager,
            delegation=near.get(places[n].departement_id), adviser=advisers[chance.randrange(ADVISERS)],
            last_activity_at=now - timedelta(days=chance.randrange(120)),
        )
        for n in chosen
    )  # fmt: skip
    questions = list(version.definition.questions)
    Answer.objects.bulk_create(
        (
            Answer(candidacy=c, question=key, value="Une réponse.", saved_at=now, saved_by=c.opened_by)
            for c in candidacies for key in chance.sample(questions, k=len(questions) * 2 // 3)
        ),
        batch_size=5000,
    )  # fmt: skip
    Message.objects.bulk_create(
        Message(candidacy=c, side=chance.choice(["collectivite", "team"]), text="Bonjour.", at=now - timedelta(days=d), by=c.opened_by)
        for c in candidacies for d in range(chance.randrange(4))
    )  # fmt: skip
    Title.objects.bulk_create(
        Title(
            territory=c.territory, mandate=route.mandate, candidacy=c, name=route.name, starts_on=start,
            ends_on=route.mandate.ends_on, published_at=now, published_by=manager,
        )
        for c in candidacies if c.status == Status.TITLED
    )  # fmt: skip
    first = next(o for o, p in zip(organisations, places, strict=True) if p.pk == rouen.pk)
    lead = next(u for u, o in zip(leads, organisations, strict=True) if o is first)
    return {
        "lead": lead.email, "adviser": advisers[0].email, "manager": manager.email,
        "dashboard": f"/tableau-de-bord/{first.public_id}/",
    }  # fmt: skip
