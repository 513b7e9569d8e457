"""What the timer does for participation."""

from __future__ import annotations

from datetime import datetime

from marelle.jobs.chores import daily, hourly
from marelle.participation.actions import (
    alerts,
    chasing,
    consents,
    consultations,
    forgetting_children,
    proposal_chores,
    sessions,
    verbatims,
)


@hourly("participation.close_sessions")
def close_forgotten_sessions(*, at: datetime) -> int:
    return sessions.close_forgotten(at=at)


@hourly("participation.settle_sessions")
def settle_closed_sessions(*, at: datetime) -> int:
    return sessions.settle_closed(at=at)


@daily("participation.recall_answers")
def recall_answers(*, at: datetime) -> int:
    return proposal_chores.remind_of_answers(at=at)


@daily("participation.forget_who_answered")
def forget_who_answered(*, at: datetime) -> int:
    return proposal_chores.forget_who_answered(at=at)


@daily("participation.chase_consents")
def chase_consents(*, at: datetime) -> int:
    return consents.chase(at=at)


@daily("participation.forget_children")
def forget_children(*, at: datetime) -> int:
    return forgetting_children.forget(at=at)


@daily("participation.close_ended")
def close_ended_consultations(*, at: datetime) -> int:
    return consultations.close_ended(at=at)


@daily("participation.chase_answers")
def chase_answers(*, at: datetime) -> int:
    return chasing.chase_answers(at=at)


@hourly("participation.chase_alerts")
def chase_alerts(*, at: datetime) -> int:
    return alerts.chase(at=at)


@daily("participation.forget")
def forget_words_and_notes(*, at: datetime) -> int:
    return verbatims.forget_texts(at=at) + alerts.forget_notes(at=at)


@daily("participation.forget_names")
def forget_who_answered_children(*, at: datetime) -> int:
    return chasing.forget_names(at=at)
