"""A small route (two sections, one conditional question, one required document) and candidacies in it."""

from datetime import UTC, date, datetime

import factory

from marelle.programme.enums import NetworkStatus, Status
from marelle.programme.models import Candidacy, Mandate, NetworkMembership, Route, RouteVersion
from tests.accounts.factories import CollectiviteFactory, UserFactory

DEFINITION = {
    "key": "ville-amie",
    "kind": "titled",
    "name": "Ville amie des enfants",
    "summary": "Le parcours avec titre.",
    "source": "Configuration d’essai.",
    "eligible": ["commune", "epci", "ept"],
    "engagements": [{"key": "participation", "title": "Participation", "text": "Écouter les enfants."}],
    "steps": [
        {"key": "intention", "name": "Intention", "description": "Dire son intention.", "square": "join", "statuses": ["interested"]},
        {"key": "dossier", "name": "Dossier", "description": "Remplir le dossier.", "square": "join", "statuses": ["draft", "correction"]},
    ],
    "sections": [
        {
            "key": "collectivite",
            "title": "La collectivité",
            "square": "join",
            "questions": [
                {"key": "motivation", "label": "Pourquoi cette démarche ?", "why": "Pour comprendre.", "example": "« Nous… »", "who": "l’élu·e", "kind": "long_text"},
                {"key": "enfants", "label": "Nombre d’enfants consultés", "why": "Pour compter.", "who": "le service jeunesse", "kind": "number", "minimum": 0},
            ],
        },
        {
            "key": "ecouter",
            "title": "Écouter les enfants",
            "square": "listen",
            "questions": [
                {"key": "conseil", "label": "Existe-t-il un conseil d’enfants ?", "why": "Pour savoir.", "who": "le service jeunesse", "kind": "yes_no"},
                {"key": "conseil-role", "label": "Quel est son rôle ?", "why": "Pour savoir.", "who": "le service jeunesse", "kind": "short_text", "only_if": {"question": "conseil", "is_one_of": [True]}},
                {"key": "themes", "label": "Sur quels thèmes ?", "why": "Pour savoir.", "who": "le service jeunesse", "kind": "choices", "required": False, "options": [{"key": "ecole", "label": "École"}, {"key": "rue", "label": "Rue"}]},
            ],
        },
    ],
    "documents": [{"key": "deliberation", "label": "Délibération de principe", "why": "Le conseil est d’accord."}],
    "deadlines": {
        "opens_at": "2026-09-01T00:00:00+02:00",
        "file_due_at": "2027-02-28T18:00:00+01:00",
        "chase_days_before": [30, 7, 1],
        "instruction_days": 90,
        "correction_days": 21,
        "opinion_days": 21,
        "opinion_reminder_days": 7,
        "silent_after_days": 60,
    },
    "fees": [{"up_to": 3500, "cents": 10000}, {"up_to": 20000, "cents": 20000}, {"up_to": None, "cents": 50000}],
    "outcomes": [
        {"kind": "award", "label": "Titre accordé", "explanation": "…"},
        {"kind": "award_with_recommendations", "label": "Titre avec recommandations", "explanation": "…"},
        {"kind": "probation", "label": "Période probatoire", "explanation": "…"},
        {"kind": "refusal", "label": "Refus", "explanation": "…"},
    ],
}  # fmt: skip

COMPLETE = {"motivation": "Parce que les enfants comptent.", "enfants": 214, "conseil": False}
"""Answers that leave nothing missing."""

NETWORK = DEFINITION | {
    "key": "territoires-denfance",
    "kind": "network",
    "name": "Territoires d’enfance",
    "sections": [],
    "documents": [],
    "outcomes": [],
    "charter": {"intro": "Nous rejoignons le réseau.", "articles": ["Faire connaître les droits de l’enfant."]},
}


class MandateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mandate
        django_get_or_create = ("key",)

    key = "2026-2032"
    name = "Mandat 2026-2032"
    starts_on = date(2026, 3, 22)
    ends_on = date(2032, 3, 31)


class RouteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Route
        django_get_or_create = ("mandate", "key")

    mandate = factory.SubFactory(MandateFactory)
    key = "ville-amie"
    kind = "titled"
    name = "Ville amie des enfants"


class RouteVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RouteVersion
        django_get_or_create = ("route", "number")

    class Params:
        network = factory.Trait(
            route=factory.SubFactory(
                RouteFactory, key="territoires-denfance", kind="network", name="Territoires d’enfance"
            ),
            content=NETWORK,
            digest="n" * 64,
        )

    route = factory.SubFactory(RouteFactory)
    number = 1
    content = DEFINITION
    digest = "d" * 64
    loaded_at = datetime(2026, 9, 1, tzinfo=UTC)


class CandidacyFactory(factory.django.DjangoModelFactory):
    """A file being written. Pass `status=` for another state (related rows are the test's business)."""

    class Meta:
        model = Candidacy

    organisation = factory.SubFactory(CollectiviteFactory)
    territory = factory.SelfAttribute("organisation.territory")
    version = factory.SubFactory(RouteVersionFactory)
    route = factory.SelfAttribute("version.route")
    status = Status.DRAFT
    status_since = opened_at = last_activity_at = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
    opened_by = factory.SubFactory(UserFactory)


class NetworkMembershipFactory(factory.django.DjangoModelFactory):
    """A request to the network that waits for its answer. Pass `status=` for another state."""

    class Meta:
        model = NetworkMembership

    class Params:
        decided = factory.LazyAttribute(lambda m: m.status in {"member", "refused", "left"})

    organisation = factory.SubFactory(CollectiviteFactory)
    territory = factory.SelfAttribute("organisation.territory")
    version = factory.SubFactory(RouteVersionFactory, network=True)
    status = NetworkStatus.ASKED
    fee_cents = 10000
    fee_reason = "Pour l’essai"
    charter_accepted_at = asked_at = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
    asked_by = factory.SubFactory(UserFactory)
    decided_at = factory.Maybe("decided", datetime(2026, 10, 2, 8, 0, tzinfo=UTC))
    decided_by = factory.Maybe("decided", factory.SubFactory(UserFactory))
    joined_on = factory.LazyAttribute(lambda m: date(2026, 10, 2) if m.status in {"member", "left"} else None)
    left_on = factory.LazyAttribute(lambda m: date(2026, 11, 2) if m.status == "left" else None)
