"""Children of the demonstration are asked, and answer: every ballot goes through the door a real one goes through."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from marelle.accounts.actions import memberships, organisations
from marelle.accounts.enums import Kind, Role, StructureKind
from marelle.accounts.models import Organisation, User
from marelle.ballots.actions import bundles
from marelle.ballots.enums import Gathering, Mode
from marelle.demo.fates import ROUEN
from marelle.demo.words import children as words
from marelle.participation.actions import answers, consultations, results, sessions, verbatims
from marelle.participation.definition import Question, Questionnaire
from marelle.participation.models import Consultation, Session, Verbatim

if TYPE_CHECKING:
    from .year import Year

NATIONAL_TOWNS = 9
"""Towns beside Rouen whose classes answered the national consultation."""


def live(year: Year) -> None:
    """One national consultation, closed and published; one of Rouen, open; one whose answer is late."""
    rouen, others = towns()
    school = structure(year, "École du Grand-Pré", StructureKind.SCHOOL, rouen)
    centre = structure(year, "Centre de loisirs La Cabane", StructureKind.LEISURE, rouen)
    national(year, school, others[:NATIONAL_TOWNS])
    schoolyard(year, rouen, school, centre)
    late(year, others[0])


def structure(year: Year, name: str, kind: str, town: Organisation) -> Organisation:
    """A school or a centre, with the person who runs it and one who leads groups."""
    at = year.ago(260)
    place = organisations.create(
        kind=Kind.STRUCTURE, structure_kind=kind, name=name, territory=town.territory, by=year.manager, at=at
    )
    for role in (Role.DIRECTOR, Role.FACILITATOR):
        memberships.start(user=year.person("ecole"), organisation=place, role=role, by=year.manager, at=at)
    return place


def national(year: Year, school: Organisation, towns: list[Organisation]) -> None:
    """Some thousand children in ten towns; Rouen has enough to read its own part."""
    team = Organisation.objects.get(kind=Kind.NATIONAL)
    start, end = year.ago(120), year.ago(24)
    consultation = consultations.create(
        organisation=team,
        title="Comment vas-tu ?",
        why="Pour que les villes sachent ce qui fait du bien aux enfants, et ce qui leur manque.",
        draft={"sections": words.HOW_ARE_YOU},
        answerer="La présidente du comité national (démonstration)",
        opens_on=localdate(start),
        closes_on=localdate(end),
        answer_due_on=localdate(year.now) + timedelta(days=28),
        age_bands=["6-8", "9-12", "13-15"],
        by=year.manager,
        at=start,
    )
    consultation = consultations.open(consultation=consultation, by=year.manager, at=start)
    facilitator = people_of(school, Role.FACILITATOR)[0]
    for number in range(9):
        group(year, consultation, school, facilitator, f"Classe {number + 1}", year.ago(110 - 9 * number), share=0.96)
    for turn, town in enumerate(towns):
        lead = people_of(town, Role.LEAD)[0]
        for number in range(1 + turn % 3):
            group(year, consultation, town, lead, f"Groupe {number + 1}", year.ago(100 - 7 * number - turn), share=0.9)
    moderate(year, consultation, year.manager, keep=6)
    consultation = consultations.close(consultation=consultation, by=year.manager, at=end)
    results.prepare(consultation=consultation, by=year.manager, at=end + timedelta(days=5))
    results.publish(consultation=consultation, by=year.manager, at=end + timedelta(days=6))


def schoolyard(year: Year, rouen: Organisation, school: Organisation, centre: Organisation) -> None:
    """Rouen asks about its schoolyards: a class votes right now, another answered on paper, words wait to be read."""
    lead, start = people_of(rouen, Role.LEAD)[0], year.ago(12)
    consultation = consultations.create(
        organisation=rouen,
        title="Ma cour d’école",
        why="La ville refait trois cours l’été prochain. Les enfants disent ce qui doit changer.",
        draft={"sections": words.SCHOOLYARD},
        answerer="L’adjointe aux écoles (démonstration)",
        opens_on=localdate(start),
        closes_on=localdate(year.now) + timedelta(days=18),
        answer_due_on=localdate(year.now) + timedelta(days=60),
        age_bands=["6-8", "9-12"],
        by=lead,
        at=start,
    )
    consultation = consultations.open(consultation=consultation, by=lead, at=start)
    teacher = people_of(school, Role.FACILITATOR)[0]
    group(year, consultation, school, teacher, "CE2", year.ago(8), share=1)
    troubled = group(year, consultation, centre, people_of(centre, Role.FACILITATOR)[0], "Les Renards", year.ago(6), share=0.8, mode=Mode.SHARED, close=False)  # fmt: skip
    asked = consultation.versions.latest("number").questionnaire
    _send(year, troubled, asked, year.ago(6) + timedelta(minutes=30), text=words.WORRYING)
    sessions.close(session=troubled, by=troubled.opened_by, at=year.ago(6) + timedelta(hours=1))
    on_paper(year, consultation, school, teacher)
    moderate(year, consultation, lead, keep=8)
    now = year.now - timedelta(minutes=20)
    group(year, consultation, school, teacher, "CM1", now, share=0.6, mode=Mode.TICKETS, close=False)


def late(year: Year, town: Organisation) -> None:
    """A town closed its consultation and has not answered on the day it promised: everyone sees it."""
    lead, start = people_of(town, Role.LEAD)[0], year.ago(75)
    consultation = consultations.create(
        organisation=town,
        title="Ma cour d’école",
        why="Nous choisissons avec les enfants ce que deviendra la cour.",
        draft={"sections": words.SCHOOLYARD},
        answerer="Le maire (démonstration)",
        opens_on=localdate(start),
        closes_on=localdate(year.ago(40)),
        answer_due_on=localdate(year.ago(9)),
        age_bands=["6-8", "9-12"],
        by=lead,
        at=start,
    )
    consultation = consultations.open(consultation=consultation, by=lead, at=start)
    for number in range(3):
        group(year, consultation, town, lead, f"Classe {number + 1}", year.ago(70 - number), share=0.95)
    consultations.close(consultation=consultation, by=lead, at=year.ago(40))


def group(
    year: Year, consultation: Consultation, organisation: Organisation, by: User, title: str, at: datetime, *,
    share: float, mode: str = Mode.TICKETS, close: bool = True,
) -> Session:  # fmt: skip
    """One group, of whom `share` answer."""
    roll = year.chance.randint(22, 29)
    session = sessions.open_session(
        consultation=consultation,
        organisation=organisation,
        title=title,
        mode=mode,
        gathering=Gathering.LEISURE if organisation.structure_kind == StructureKind.LEISURE else Gathering.SCHOOL,
        roll=roll,
        age_band=year.chance.choice(consultation.age_bands),
        territory=organisation.territory,
        closes_at=min(at + timedelta(hours=4), year.now + timedelta(hours=3)),
        by=by,
        at=at,
    )
    asked = consultation.versions.latest("number").questionnaire
    tickets = iter(session.station.tickets.order_by("pk").values_list("code", flat=True))
    for child in range(round(roll * share)):
        _send(year, session, asked, at + timedelta(minutes=1), text=_idea(year, child), ticket=next(tickets, ""))
    if close:
        session = sessions.close(session=session, by=by, at=at + timedelta(hours=1))
        sessions.settle(session=session, by=by, at=at + timedelta(days=2))
    return session


def on_paper(year: Year, consultation: Consultation, school: Organisation, teacher: User) -> None:
    """A class without tablets: the teacher counted the sheets."""
    at = year.ago(4)
    session = sessions.open_session(
        consultation=consultation, organisation=school, title="CP", mode=Mode.PAPER, gathering=Gathering.SCHOOL, roll=24,
        age_band="6-8", territory=school.territory, closes_at=at + timedelta(hours=6), by=teacher, at=at,
    )  # fmt: skip
    cells = {
        "aimer": {"2": 4, "3": 6, "4": 9, "5": 3},
        "manque": {"arbres": 15, "calme": 6, "eau": 12, "toilettes": 9},
        "ballon": {"yes": 10, "no": 9, "unknown": 4},
    }
    bundle = bundles.enter(station=session.station, age_band="6-8", sheets=23, cells=cells, at=at)
    bundles.confirm(bundle=bundle, sheets=23, by=teacher, at=at)


def moderate(year: Year, consultation: Consultation, by: User, *, keep: int) -> None:
    """What waits is read, but for the last few, left for whoever tries the queue."""
    waiting = Verbatim.objects.to_moderate().filter(session__consultation=consultation).order_by("pk")
    for one in list(waiting)[keep:]:
        at = year.ago(3)
        wording = one.text.replace("Mme Lefort", "[une personne]")
        verbatims.approve(verbatim=one, wording=wording, themes=[], seen=one.revision, by=by, at=at)


def _send(
    year: Year, session: Session, asked: Questionnaire, at: datetime, *, text: str, ticket: str = ""
) -> None:  # fmt: skip
    said = _answers(year, asked)
    texts = [question.key for question in asked.questions.values() if question.is_text]
    answers.send(
        station=session.station,
        answers=asked.without_unasked(said),
        words=dict.fromkeys(texts[:1], text) if text else {},
        sending=f"{year.chance.getrandbits(120):032x}",
        ticket=ticket,
        at=at,
    )


def _idea(year: Year, child: int) -> str:
    return year.chance.choice(words.IDEAS) if child % 3 == 0 else ""


def _answers(year: Year, asked: Questionnaire) -> dict[str, Any]:
    return {
        question.key: _answer(year, question)
        for question in asked.questions.values()
        if not question.is_text and question.kind != "age" and year.chance.random() < 0.93
    }


def _answer(year: Year, question: Question) -> Any:
    keys = list(question.choice_keys)
    if question.kind == "ranking":
        return year.chance.sample(keys, k=min(question.most or len(keys), len(keys)))
    if question.kind == "pictures":
        return year.chance.sample(keys, k=year.chance.randint(1, question.most or len(keys)))
    # Children lean: the later choices of a scale are the happier ones.
    return year.chance.choices(keys, weights=range(1, len(keys) + 1))[0]


def people_of(organisation: Organisation, role: str) -> list[User]:
    return [m.user for m in organisation.memberships.filter(role=role).select_related("user").order_by("pk")]


def towns() -> tuple[Organisation, list[Organisation]]:
    """Rouen, and the other collectivités of the demonstration that somebody leads."""
    rows = Organisation.objects.filter(kind=Kind.COLLECTIVITE, memberships__role=Role.LEAD).distinct()
    found = list(rows.select_related("territory").order_by("pk"))
    return (
        next(one for one in found if one.territory and one.territory.code == ROUEN),
        [one for one in found if not one.territory or one.territory.code != ROUEN],
    )
