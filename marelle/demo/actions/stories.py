"""One candidacy's story, step by step, as far as its fate goes. Every step is an action of the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from marelle.accounts.actions import claims, invitations, memberships, organisations
from marelle.accounts.enums import Proof, Role
from marelle.accounts.models import Membership, Organisation, User
from marelle.demo import words
from marelle.demo.fates import Fate, Plan
from marelle.documents.actions import store_upload
from marelle.documents.typesetting import pdf
from marelle.programme.actions import (
    agreements,
    answers,
    assignments,
    attachments,
    candidacies,
    commission,
    corrections,
    decisions,
    deliberations,
    messages,
    notes,
    opinions,
    probations,
    reviews,
    submissions,
    titles,
)  # fmt: skip
from marelle.programme.definition import QuestionKind
from marelle.programme.enums import Advice, OutcomeKind
from marelle.programme.models import Candidacy, Opinion
from marelle.territories.models import Kind as TerritoryKind
from marelle.territories.models import Territory

if TYPE_CHECKING:
    from .year import Year

WORDS = (QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT)
"""What a correction of the demonstration is asked about: answers in words, which a sentence can complete."""

SPAN = 78
"""Days between the first intention of the year and today."""


@dataclass
class Town:
    """One collectivité of the demonstration, its people, and where the clock stands in its story."""

    year: Year
    territory: Territory
    organisation: Organisation
    lead: User
    at: datetime
    step: timedelta
    candidacy: Candidacy

    def later(self) -> datetime:
        """The next moment of the story, in office hours, never after now."""
        chance = self.year.chance
        then = self.at + self.step * (0.6 + 0.8 * chance.random())
        then = max(
            then.replace(hour=chance.randint(8, 15), minute=chance.randrange(60)), self.at + timedelta(minutes=20)
        )
        self.at = min(then, self.year.now - timedelta(minutes=30))
        return self.at

    @property
    def adviser(self) -> User:
        return self.candidacy.adviser or self.year.manager

    def fresh(self) -> Candidacy:
        self.candidacy.refresh_from_db()
        return self.candidacy


def settle(year: Year, territory: Territory, at: datetime) -> tuple[Organisation, User]:
    """The collectivité opens with its lead, its elected referent and a contributor."""
    organisation = organisations.open_collectivite(territory=territory, by=year.manager, at=at, is_demonstration=True)
    people = [year.person(territory.name) for _ in range(3)]
    for person, role, title in zip(
        people, (Role.LEAD, Role.ELECTED, Role.CONTRIBUTOR),
        ("Directrice de l’enfance", "Adjoint à l’enfance et à la jeunesse", "Responsable du service jeunesse"), strict=True,
    ):  # fmt: skip
        memberships.start(user=person, organisation=organisation, role=role, by=year.manager, at=at, job_title=title)
    return organisation, people[0]


def live(year: Year, territory: Territory, fate: Fate, number: int) -> Candidacy:
    """The story of one town, up to its fate."""
    steps = STORIES[fate]
    days = SPAN * (0.35 + 0.65 * min(len(steps), 8) / 8) - year.chance.random() * 6
    begun = year.ago(days)
    organisation, lead = settle(year, territory, begun - timedelta(days=10))
    candidacy = candidacies.open_intention(
        organisation=organisation,
        version=year.version,
        intention=words.INTENTIONS[number % len(words.INTENTIONS)],
        by=lead,
        at=begun,
    )
    town = Town(year, territory, organisation, lead, begun, timedelta(days=days / (len(steps) + 1.5)), candidacy)
    for step in steps:
        step(town)
    return town.fresh()


def confirmed(town: Town) -> None:
    town.candidacy = candidacies.confirm(candidacy=town.candidacy, by=town.year.manager, at=town.later())


def written(share: float) -> Callable[[Town], None]:
    def write(town: Town) -> None:
        said = words.answers(town.candidacy.version.definition, town.territory, town.year.chance, share)
        typed = {key: answers.Typed(value, 0) for key, value in said.items()}
        answers.write(candidacy=town.candidacy, typed=typed, by=town.lead, at=town.later())

    return write


def filed(town: Town) -> None:
    """The whole file, its documents, and the hand-over."""
    written(1.0)(town)
    definition = town.candidacy.version.definition
    said = dict(town.candidacy.answers.values_list("question", "value"))
    for wanted in definition.documents:
        if wanted.required and definition.asked(wanted, said):
            paper = a_paper(town, wanted.label)
            attachments.add(candidacy=town.candidacy, requirement=wanted.key, uploads=[paper], by=town.lead, at=town.at)
    submissions.submit(candidacy=town.fresh(), by=town.lead, at=town.later())


def reviewed(town: Town) -> None:
    year = town.year
    adviser = year.advisers[year.chance.randrange(len(year.advisers))]
    assignments.assign(candidacies=[town.fresh()], adviser=adviser, by=year.manager, at=town.later())
    reviews.open_review(candidacy=town.fresh(), by=adviser, at=town.at)
    notes.add(candidacy=town.fresh(), text=year.chance.choice(words.NOTES), by=adviser, at=town.at)
    talk(town)
    ask_the_delegation(town)


def talk(town: Town) -> None:
    """A question from the town; answered, or not yet."""
    turn = town.year.chance.randrange(len(words.QUESTIONS))
    asked = town.at + timedelta(hours=5)
    messages.write(candidacy=town.fresh(), text=words.QUESTIONS[turn], by=town.lead, at=asked)
    if town.year.chance.random() < 0.6:
        messages.write(
            candidacy=town.candidacy, text=words.REPLIES[turn], by=town.adviser, at=asked + timedelta(hours=20)
        )


def ask_the_delegation(town: Town) -> None:
    """A volunteer of the département is asked what they think; some have answered."""
    volunteer = (
        Membership.objects.filter(role=Role.VOLUNTEER, organisation__coverages__territory=town.territory.departement_id)
        .order_by("pk")
        .first()
    )
    if volunteer is None:
        return
    due = localdate(town.at) + timedelta(days=21)
    opinion = opinions.ask(
        candidacy=town.fresh(), asked_of=volunteer.user, question="Que savez-vous de la place des enfants dans cette ville ?",
        is_confidential=False, due_on=due, by=town.adviser, at=town.at,
    )  # fmt: skip
    if town.year.chance.random() < 0.6:
        give_opinion(town, opinion)


def give_opinion(town: Town, opinion: Opinion) -> None:
    opinions.give(
        opinion=opinion, advice=Advice.FAVOURABLE, text=town.year.chance.choice(words.OPINIONS), by=opinion.asked_of,
        at=min(town.at + timedelta(days=2), town.year.now),
    )  # fmt: skip


def corrections_asked(town: Town) -> None:
    definition = town.candidacy.version.definition
    said = dict(town.candidacy.answers.values_list("question", "value"))
    texts = [key for key, question in definition.questions.items() if question.kind in WORDS and said.get(key)][:6]
    chosen = town.year.chance.sample(texts, k=min(2, len(texts)))
    at = town.later()
    corrections.ask(
        candidacy=town.fresh(), items=dict(zip(chosen, words.CORRECTIONS, strict=False)), due_on=localdate(at) + timedelta(days=21),
        stops_clock=True, by=town.adviser, at=at,
    )  # fmt: skip


def corrected(town: Town) -> None:
    corrections_asked(town)
    correction = town.candidacy.corrections.latest("asked_at")
    current = {a.question: a for a in town.candidacy.answers.all()}
    at = town.later()
    typed = {
        item.question: answers.Typed(
            f"{current[item.question].value} Précision : il s’agit de ce mandat.", current[item.question].revision
        )
        for item in correction.items.all()
    }
    answers.write(candidacy=town.fresh(), typed=typed, by=town.lead, at=at)
    submissions.resubmit(candidacy=town.fresh(), by=town.lead, at=at + timedelta(hours=1))


def sent_to_commission(town: Town) -> None:
    at = town.later()
    day = localdate(at) + timedelta(days=5)
    commission.send_to_commission(
        candidacy=town.fresh(), commission_on=day, hearing_at=at + timedelta(days=4), by=town.adviser, at=at
    )


def decided(outcome: OutcomeKind, *, recommends: bool = False) -> Callable[[Town], None]:
    def decide(town: Town) -> None:
        at = town.later()
        day = localdate(at)
        probation = outcome == OutcomeKind.PROBATION
        verdict = decisions.Verdict(
            outcome=outcome,
            reasons=words.REASONS
            if outcome != OutcomeKind.REFUSAL
            else "Aucun enfant n’a contribué au dossier, et le plan ne dit pas quand il le pourra.",
            body="Commission nationale (démonstration)",
            decided_on=day,
            recommendations=words.RECOMMENDATIONS if recommends else (),
            probation_ends_on=day + timedelta(days=180) if probation else None,
            tasks=[(task, day + timedelta(days=60 * (n + 1))) for n, task in enumerate(words.TASKS)]
            if probation
            else (),
        )
        decisions.decide(candidacy=town.fresh(), verdict=verdict, seen=0, by=town.year.manager, at=at)

    return decide


def one_task_done(town: Town) -> None:
    task = town.candidacy.decisions.latest("recorded_at").tasks.earliest("due_on")
    probations.say_done(
        task=task,
        evidence="Comité réuni avec cinq enfants ; le compte rendu est joint au dossier.",
        by=town.lead,
        at=town.later(),
    )


def signed(town: Town) -> None:
    at = town.later()
    council = (
        f"Conseil municipal de {town.territory.name}"
        if town.territory.kind == TerritoryKind.COMMUNE
        else f"Conseil de {town.territory.name}"
    )
    document = store_upload(a_paper(town, "Délibération"), by=town.lead, at=at)
    number = town.year.chance.choice(["17", "9-7", "2026-112", "1DL15494"])
    deliberations.record_deliberation(
        candidacy=town.fresh(),
        number=number,
        held_on=localdate(at) - timedelta(days=1),
        council=council,
        document=document,
        by=town.lead,
        at=at,
    )
    agreements.make_agreement(candidacy=town.fresh(), by=town.year.manager, at=at)
    copy = store_upload(a_paper(town, "Convention signée"), by=town.lead, at=at)
    agreements.bring_signed(
        candidacy=town.fresh(),
        document=copy,
        signed_on=localdate(at),
        signed_by_name=next(town.year.names),
        by=town.lead,
        at=at,
    )


def titled(town: Town) -> None:
    titles.grant(candidacy=town.fresh(), by=town.year.manager, at=town.later())


def withdrawn(town: Town) -> None:
    titles.withdraw(
        title=town.fresh().title,
        reason="Démonstration : le comité de pilotage a été supprimé par le conseil.",
        public_reason="Le comité de pilotage avec des enfants a été supprimé.",
        by=town.year.manager,
        at=town.later(),
    )


def abandoned(town: Town) -> None:
    candidacies.abandon(
        candidacy=town.fresh(),
        reason="Le conseil préfère commencer par le réseau, sans titre.",
        by=town.lead,
        at=town.later(),
    )


def a_paper(town: Town, title: str) -> SimpleUploadedFile:
    """A one-page PDF that says it is a demonstration."""
    content = pdf(
        "demo/typst/paper.typ",
        {"title": title, "territory": town.territory.name, "demonstration": True},
        title=f"{title}, {town.territory.name}",
    )
    return SimpleUploadedFile(f"{title}.pdf", content, "application/pdf")


TO_COMMISSION: list[Callable[[Town], None]] = [confirmed, filed, reviewed, sent_to_commission]
AWARD, RECOMMEND = decided(OutcomeKind.AWARD), decided(OutcomeKind.AWARD_WITH_RECOMMENDATIONS, recommends=True)
STORIES: dict[Fate, list[Callable[[Town], None]]] = {
    Fate.INTERESTED: [],
    Fate.JUST_BEGUN: [confirmed, written(0.1)],
    Fate.HALF_WRITTEN: [confirmed, written(0.5)],
    Fate.READY: [confirmed, written(1.0)],
    Fate.FILED: [confirmed, filed],
    Fate.UNDER_REVIEW: [confirmed, filed, reviewed],
    Fate.CORRECTION: [confirmed, filed, reviewed, corrections_asked],
    Fate.CORRECTED: [confirmed, filed, reviewed, corrected],
    Fate.COMMISSION: TO_COMMISSION,
    Fate.PROBATION: [*TO_COMMISSION, decided(OutcomeKind.PROBATION), one_task_done],
    Fate.AWARDED: [*TO_COMMISSION, AWARD],
    Fate.SIGNED: [*TO_COMMISSION, AWARD, signed],
    Fate.TITLED: [*TO_COMMISSION, AWARD, signed, titled],
    Fate.TITLED_WITH_RECOMMENDATIONS: [*TO_COMMISSION, RECOMMEND, signed, titled],
    Fate.REFUSED: [*TO_COMMISSION, decided(OutcomeKind.REFUSAL)],
    Fate.ABANDONED: [confirmed, written(0.2), abandoned],
    Fate.WITHDRAWN: [*TO_COMMISSION, AWARD, signed, titled, withdrawn],
}


def rouen(year: Year, towns: Plan) -> None:
    """Rouen is here and has not begun: its lead can walk the whole way. Its métropole is half-way through its file."""
    settle(year, towns.rouen, year.ago(20))
    live(year, towns.metropole, Fate.HALF_WRITTEN, 1)


def newcomers(year: Year, towns: Plan) -> None:
    """Someone who has just arrived, claims waiting to be checked, an invitation on its way."""
    year.person("nouvelle")
    for territory in towns.asking:
        claims.ask(
            territory=territory, role=Role.LEAD, job_title="Responsable de l’action éducative", proof=Proof.DOCUMENT,
            by=year.person(territory.name), at=year.ago(1 + year.chance.random() * 8),
            upload=SimpleUploadedFile("attestation.pdf", pdf("demo/typst/paper.typ", {"title": "Attestation", "territory": territory.name, "demonstration": True}, title="Attestation"), "application/pdf"),
        )  # fmt: skip
    organisation = Organisation.objects.get(territory=towns.rouen)
    lead = Membership.objects.get(organisation=organisation, role=Role.LEAD).user
    invitations.invite(
        organisation=organisation,
        email="collegue@rouen.marelle.example",
        role=Role.CONTRIBUTOR,
        by=lead,
        at=year.ago(2),
    )
