"""Consultations with words in them: what waits, what is held, who reads."""

from marelle.accounts.enums import Role
from marelle.participation.actions import alerts, answers
from marelle.participation.enums import Duty, VerbatimState
from marelle.participation.models import Steward, Verbatim
from tests.accounts.factories import national

from .factories import AT, open_consultation, session_of

CALM = "Plus d’arbres dans la cour"
WORRYING = "papa me frape le soir"


def sending(number=0):
    return f"{number:032d}"


def a_session(**fields):
    """An open consultation with words in its questionnaire, and one group that answers on shared tablets."""
    return session_of(open_consultation(**fields), mode="shared", roll=60)


def waiting(session, text=CALM, **fields):
    """Words that wait for a moderator."""
    return Verbatim.objects.create(
        session=session, **({"question": "quoi", "text": text, "arrived_on": AT.date()} | fields)
    )


def approved(session, wording=CALM, **fields):
    by = fields.pop("moderated_by", session.consultation.created_by)
    facts = {"state": VerbatimState.APPROVED, "wording": wording, "moderated_by": by, "moderated_at": AT}
    return waiting(session, fields.pop("text", wording), **(facts | fields))


def refused(session, text=CALM, **fields):
    by = fields.pop("moderated_by", session.consultation.created_by)
    facts = {"state": VerbatimState.REFUSED, "reason": "off_topic", "moderated_by": by, "moderated_at": AT}
    return waiting(session, text, **(facts | fields))


def alert_of(session, text=WORRYING, at=AT, signs=("violence",)):
    (alert,) = alerts.hold(session=session, texts=[("quoi", text, list(signs))], at=at)
    return alert


def send(session, words, number=0, at=AT):
    return answers.send(station=session.station, answers={}, words=words, sending=sending(number), at=at)


def moderator_of(consultation):
    return Steward.objects.get(consultation=consultation, duty=Duty.MODERATOR).user


def protector_of(consultation):
    return Steward.objects.get(consultation=consultation, duty=Duty.SAFEGUARDING).user


def officer():
    """A national safeguarding officer."""
    return national(Role.SAFEGUARDING)
