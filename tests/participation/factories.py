"""Consultations, sessions and what hangs on them. Each noun brings its own below its heading."""

from datetime import UTC, date, datetime, timedelta

import factory

from marelle.accounts.enums import Role
from marelle.ballots.actions import stations
from marelle.ballots.enums import Gathering, Mode
from marelle.participation.actions import consultations as actions
from marelle.participation.enums import (
    ANSWERED_STATES,
    ConsultationState,
    Duty,
    Level,
    Origin,
    ProposalState,
    Theme,
    VerbatimState,
)
from marelle.participation.models import Consultation, Proposal, Session, Steward, Verbatim
from tests.accounts.factories import CollectiviteFactory, MembershipFactory, UserFactory

# --- Consultations: open to children, made by the actions that a person uses ---------------------------------

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
"""The `at` of `tests/conftest.py`."""

QUESTIONNAIRE = {
    "languages": ["fr"],
    "sections": [
        {
            "key": "s1",
            "title": {"fr": "Ma cour"},
            "questions": [
                {"key": "age", "kind": "age", "text": {"fr": "Quel âge as-tu\u202f?"}},
                {"key": "aime", "kind": "smileys", "text": {"fr": "Aimes-tu ta cour\u202f?"}},
                {
                    "key": "manque",
                    "kind": "pictures",
                    "text": {"fr": "Qu’est-ce qui te manque dans la cour\u202f?"},
                    "choices": [
                        {"key": "arbres", "label": {"fr": "Des arbres"}, "picto": "1F333"},
                        {"key": "bancs", "label": {"fr": "Des bancs"}, "picto": "1FA91"},
                        {"key": "jeux", "label": {"fr": "Des jeux"}, "picto": "1F3B2"},
                        {"key": "rien", "label": {"fr": "Rien du tout"}, "picto": "1F44C"},
                    ],
                    "most": 2,
                    "shuffle": True,
                },
                {
                    "key": "ordre",
                    "kind": "ranking",
                    "text": {"fr": "Que faut-il faire en premier\u202f?"},
                    "choices": [
                        {"key": "ombre", "label": {"fr": "De l’ombre"}, "picto": "26F1"},
                        {"key": "eau", "label": {"fr": "De l’eau"}, "picto": "1F4A7"},
                        {"key": "calme", "label": {"fr": "Un coin calme"}, "picto": "1F92B"},
                    ],
                },
            ],
        },
        {
            "key": "s2",
            "title": {"fr": "Et toi\u202f?"},
            "questions": [
                {"key": "seul", "kind": "yes_no", "text": {"fr": "T’arrive-t-il de jouer tout seul\u202f?"}},
                {
                    "key": "quoi",
                    "kind": "text",
                    "text": {"fr": "Que voudrais-tu changer\u202f?"},
                    "only_if": {"question": "seul", "choices": ["yes"]},
                },
            ],
        },
    ],
}
"""One of each thing that counts: the age, a single choice, several, a ranking, words, and one condition."""


class ConsultationFactory(factory.django.DjangoModelFactory):
    """A local consultation in preparation, with its author, from whom nothing is missing but to be opened."""

    class Meta:
        model = Consultation
        skip_postgeneration_save = True

    level = Level.LOCAL
    organisation = factory.SubFactory(CollectiviteFactory)
    territory = factory.LazyAttribute(lambda c: c.organisation.territory)
    state = ConsultationState.DRAFT
    title = "Ma cour d’école"
    why = "La ville va refaire les cours. Elle veut savoir ce que les enfants en pensent."
    answerer = "Nadia Lefèvre, maire"
    opens_on = date(2026, 11, 20)
    closes_on = date(2026, 12, 18)
    answer_due_on = date(2027, 1, 31)
    age_bands = ["6-8", "9-12"]
    languages = ["fr"]
    draft = QUESTIONNAIRE
    draft_revision = 1
    created_at = AT
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def stewards(self, create, extracted, **kwargs):
        """Its author prepares and moderates; somebody else of the organisation receives alerts."""
        if not create or extracted is False:
            return
        role = {Level.NATIONAL: Role.MANAGER, Level.DEPARTMENTAL: Role.HEAD}.get(self.level, Role.LEAD)
        if not self.created_by.memberships.filter(organisation=self.organisation).exists():
            MembershipFactory(user=self.created_by, organisation=self.organisation, role=role)
        protects = MembershipFactory(organisation=self.organisation, role=role).user
        named = [(self.created_by, Duty.AUTHOR), (self.created_by, Duty.MODERATOR), (protects, Duty.SAFEGUARDING)]
        for user, duty in named:
            Steward.objects.get_or_create(consultation=self, user=user, duty=duty, defaults={"named_at": AT})


def open_consultation(*, at=AT - timedelta(hours=1), **fields) -> Consultation:
    """Open to children since `at` (before the hour at which the pages of tests are read), with version 1 and its box."""
    consultation = ConsultationFactory(**fields)
    return actions.open(consultation=consultation, by=consultation.created_by, at=at)


def session_of(consultation, *, roll=28, mode=Mode.TICKETS, at=AT, opened_by=None, **fields) -> Session:
    """A group that answers: its station open, a ticket drawn for each child (an open link has no roll)."""
    by = opened_by or consultation.created_by
    station = stations.open_station(
        box=consultation.box,
        mode=mode,
        gathering=fields.pop("gathering", Gathering.ONLINE if mode == Mode.LINK else Gathering.SCHOOL),
        territory=fields.pop("territory", consultation.territory),
        age_band=fields.pop("age_band", ""),
        roll=None if mode == Mode.LINK else roll,
        closes_at=fields.pop("closes_at", None),
        by=by,
        at=at,
    )
    return Session.objects.create(
        consultation=consultation,
        station=station,
        organisation=fields.pop("organisation", consultation.organisation),
        title=fields.pop("title", "CM1 de Mme Diallo"),
        opened_by=by,
        **fields,
    )


# --- Proposals -----------------------------------------------------------------------------------------------


class ProposalFactory(factory.django.DjangoModelFactory):
    """Made from a session's words and worded, not public yet. `state=` alone gives another state, with what that state
    says (`proposal_in`)."""

    class Meta:
        model = Proposal

    organisation = factory.SubFactory(CollectiviteFactory)
    territory = factory.SelfAttribute("organisation.territory")
    origin = Origin.SESSION
    wording = factory.Sequence(lambda n: f"Des arbres dans la cour numéro {n}")
    theme = Theme.NATURE
    created_at = AT
    created_by = factory.SubFactory(UserFactory)


def proposal_in(state, **fields) -> Proposal:
    """A proposal that reached this state, with the days and words that it takes."""
    said = {}
    if state not in {ProposalState.DRAFT, ProposalState.WITHDRAWN}:
        said |= {"made_on": date(2026, 11, 3), "due_on": date(2027, 1, 2)}
    if state in ANSWERED_STATES:
        said |= {
            "answer": "Nous planterons six arbres cet hiver.",
            "answered_on": date(2026, 11, 13),
            "answered_by": "L’adjointe à l’éducation",
        }
    if state == ProposalState.ANSWERED:
        said |= {"planned_for": date(2027, 2, 1)}
    if state == ProposalState.DONE:
        said |= {"done_on": date(2026, 11, 20), "done_note": "Six arbres sont plantés."}
    return ProposalFactory(state=state, **(said | fields))


def verbatim(session, wording="Je voudrais de l’ombre", **fields) -> Verbatim:
    """Words of a child, approved."""
    by = fields.pop("moderated_by", None) or session.opened_by
    given = {"question": "quoi", "arrived_on": AT.date(), "state": VerbatimState.APPROVED, "wording": wording}
    return Verbatim.objects.create(session=session, text=wording, moderated_at=AT, moderated_by=by, **(given | fields))
