"""Children's words: taken in, read by a moderator, published or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.ballots.models import Station
from marelle.core.rules import Answer, Refused, require
from marelle.participation.enums import AlertState, RefusalReason, Theme, VerbatimState
from marelle.participation.lexicon import keeps_the_words, suggestions
from marelle.participation.models import Alert, Consultation, Session, Verbatim
from marelle.participation.queries.verbatims import last_decision
from marelle.participation.rules import verbatims as rules

from . import alerts
from .cleaning import clean, signs_of

LONGEST_WORDING = 1000
TEXT_KEPT_YEARS = 1
Seen = Mapping[str, int]
"""Public ids of verbatims, and the revision of each that the person had before their eyes."""


@dataclass
class Done:
    """What became of a gesture on several verbatims."""

    done: list[Verbatim] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Why others were left as they were, in words, each reason once."""


@transaction.atomic
def take_in(*, station: Station, words: list[tuple[str, str]], at: datetime) -> int:
    """Words came out of their envelopes, shuffled: they wait for the consultation's moderators. They are read again by
    today's lexicon: what worries is held, as at submission."""
    session = Session.objects.filter(station=station).select_related("consultation").first()
    if session is None or session.consultation is None:
        return 0
    texts = [(question, clean(text)) for question, text in words]
    read = [(question, text, signs_of(text)) for question, text in texts if text]
    alerts.hold(session=session, texts=[one for one in read if one[2]], at=at)
    Verbatim.objects.bulk_create(
        Verbatim(session=session, question=question, text=text, arrived_on=timezone.localdate(at))
        for question, text, signs in read
        if not signs
    )
    return len(read)


@transaction.atomic
def approve(*, verbatim: Verbatim, wording: str, themes: list[str], seen: int, by: Any, at: datetime) -> Verbatim:
    """Let the world read this wording: the child's own words, less what must be hidden."""
    verbatim = _locked(verbatim, seen)
    require(rules.can_approve(by, verbatim))
    wording = clean(wording, LONGEST_WORDING)
    if not wording:
        raise Refused(_("Il ne reste rien à publier\u202f: écartez plutôt cette parole."))
    if not keeps_the_words(verbatim.text, wording):
        raise Refused(
            _(
                "Gardez les mots de l’enfant\u202f: vous pouvez masquer, retirer ou corriger l’orthographe, pas ajouter ni dire autrement."
            )
        )
    _decide(verbatim, VerbatimState.APPROVED, by=by, at=at, wording=wording, themes=_themes(themes))
    record("participation.verbatim.approved", on=verbatim, by=by, at=at, count=1)
    return verbatim


@transaction.atomic
def approve_as_they_are(*, consultation: Consultation, chosen: Seen, by: Any, at: datetime) -> Done:
    """Approve several at once, word for word. Those where somebody may be named are left: they are read one by one."""
    done = Done()
    for verbatim in _chosen(consultation, chosen, rules.can_approve, done, by):
        if suggestions(verbatim.text):
            _leave(done, _("Un nom, une adresse ou un mot blessant s’y trouve peut-être\u202f: à relire une par une."))
            continue
        _decide(verbatim, VerbatimState.APPROVED, by=by, at=at, wording=verbatim.text)
        done.done.append(verbatim)
    if done.done:
        record("participation.verbatim.approved", on=consultation, by=by, at=at, count=len(done.done))
    return done


@transaction.atomic
def refuse(*, verbatim: Verbatim, reason: str, seen: int, by: Any, at: datetime) -> Verbatim:
    """Set words aside, and say why. From then on they are in no export, search, notification or report."""
    verbatim = _locked(verbatim, seen)
    require(rules.can_refuse(by, verbatim))
    if reason not in RefusalReason.values:
        raise Refused(_("Dites pourquoi cette parole est écartée."))
    _decide(verbatim, VerbatimState.REFUSED, by=by, at=at, reason=reason)
    record("participation.verbatim.refused", on=verbatim, by=by, at=at, reason=reason)
    return verbatim


@transaction.atomic
def put_back(*, verbatim: Verbatim, seen: int, by: Any, at: datetime) -> Verbatim:
    """Change one's mind: the words wait again, and are published nowhere."""
    verbatim = _locked(verbatim, seen)
    require(rules.can_put_back(by, verbatim))
    alerts.moved(verbatim, VerbatimState.WAITING)
    record("participation.verbatim.put_back", on=verbatim, by=by, at=at, count=1)
    return verbatim


@transaction.atomic
def undo_last(*, consultation: Consultation, by: Any, at: datetime) -> int:
    """Take back one's own last gesture here, one verbatim or several approved together. Gives how many."""
    require(rules.can_moderate(by, consultation))
    ids = [one.pk for one in last_decision(consultation, by)]
    rows = [one for one in _rows().filter(pk__in=ids, moderated_by=by) if rules.can_put_back(by, one)]
    if not rows:
        raise Refused(_("Il n’y a plus rien à annuler ici."))
    for verbatim in rows:
        alerts.moved(verbatim, VerbatimState.WAITING)
    record("participation.verbatim.put_back", on=consultation, by=by, at=at, count=len(rows))
    return len(rows)


@transaction.atomic
def group(*, consultation: Consultation, chosen: Seen, name: str, by: Any, at: datetime) -> Done:
    """Put words that say nearly the same under one name; an empty name takes them out of their group."""
    done, name = Done(), clean(name, 60)
    for verbatim in _chosen(consultation, chosen, rules.can_sort, done, by):
        _sort(verbatim, group=name)
        done.done.append(verbatim)
    if done.done:
        record("participation.verbatim.grouped", on=consultation, by=by, at=at, count=len(done.done))
    return done


@transaction.atomic
def tag(*, consultation: Consultation, chosen: Seen, themes: list[str], by: Any, at: datetime) -> Done:
    """Say what several words are about; themes they already have stay."""
    done, wanted = Done(), _themes(themes)
    if not wanted:
        raise Refused(_("Choisissez au moins un thème."))
    for verbatim in _chosen(consultation, chosen, rules.can_sort, done, by):
        _sort(verbatim, themes=[*dict.fromkeys([*verbatim.themes, *wanted])])
        done.done.append(verbatim)
    if done.done:
        record("participation.verbatim.tagged", on=consultation, by=by, at=at, count=len(done.done))
    return done


@transaction.atomic
def report(*, verbatim: Verbatim, seen: int, by: Any, at: datetime) -> Alert:
    """These words worry: they leave the moderation at once and go to those who protect."""
    verbatim = _locked(verbatim, seen)
    require(rules.can_report(by, verbatim))
    alerts.moved(verbatim, VerbatimState.HELD)
    record("participation.verbatim.reported", on=verbatim, by=by, at=at)
    return alerts.raise_by_hand(verbatim=verbatim, by=by, at=at)


@transaction.atomic
def note_export(*, consultation: Consultation, count: int, by: Any, at: datetime) -> None:
    """Approved words left the house in a file."""
    record("participation.verbatim.exported", on=consultation, by=by, at=at, count=count)


@transaction.atomic
def forget_texts(*, at: datetime) -> int:
    """What children wrote goes a year after they were answered (or should have been); the approved wording stays. What
    an open alert holds is kept until it is closed. Gives how many."""
    day = timezone.localdate(at)
    until = day.replace(year=day.year - TEXT_KEPT_YEARS, day=min(day.day, 28) if day.month == 2 else day.day)
    answered = Coalesce(TruncDate("answered_at"), "answer_due_on")
    over = Consultation.objects.annotate(since=answered).filter(since__lt=until)
    old = Verbatim.objects.filter(session__consultation__in=over.values("pk")).exclude(text="")
    watched = Alert.objects.exclude(state=AlertState.CLOSED).values("verbatim")
    count = old.exclude(pk__in=watched).update(text="")
    if count:
        record("participation.verbatim.forgotten", on=Verbatim, by=None, at=at, count=count)
    return count


def _rows() -> Any:
    return Verbatim.objects.select_for_update(of=("self",)).select_related("session__consultation", "moderated_by")


def _locked(verbatim: Verbatim, seen: int) -> Verbatim:
    """The verbatim as it is now, if it is as the person saw it: two moderators never overwrite each other."""
    now: Verbatim = _rows().get(pk=verbatim.pk)
    if now.revision != seen and now.state != VerbatimState.HELD:
        raise Refused(_changed(now))
    return now


def _changed(now: Verbatim) -> str:
    if now.moderated_by is None:
        return _("Une autre personne vient de toucher à cette parole. La voici telle qu’elle est maintenant.")
    return _("%(person)s vient de relire cette parole\u202f: %(state)s. Rien n’a été remplacé.") % {
        "person": now.moderated_by,
        "state": now.get_state_display(),
    }


def _chosen(consultation: Consultation, chosen: Seen, rule: Any, done: Done, by: Any) -> Iterable[Verbatim]:
    """The chosen verbatims of this consultation that the rule allows and that nobody touched since."""
    require(rules.can_moderate(by, consultation))
    if not chosen:
        raise Refused(_("Cochez d’abord des paroles."))
    rows = list(_rows().filter(Q(session__consultation=consultation), public_id__in=chosen).order_by("pk"))
    for verbatim in rows:
        if verbatim.state == VerbatimState.HELD:
            continue
        if verbatim.revision != chosen[verbatim.public_id]:
            _leave(done, _changed(verbatim))
            continue
        answer: Answer = rule(by, verbatim)
        if answer:
            yield verbatim
        else:
            _leave(done, answer.reason if answer is not True else "")


def _leave(done: Done, why: str) -> None:
    if why not in done.left:
        done.left.append(why)


def _decide(verbatim: Verbatim, state: VerbatimState, *, by: Any, at: datetime, **facts: Any) -> None:
    verbatim.state, verbatim.moderated_by, verbatim.moderated_at = state, by, at
    verbatim.wording, verbatim.reason = facts.pop("wording", ""), facts.pop("reason", "")
    verbatim.themes = facts.pop("themes", verbatim.themes)
    if state == VerbatimState.REFUSED:
        verbatim.group = ""
    verbatim.revision += 1
    verbatim.save(
        update_fields=["state", "moderated_by", "moderated_at", "wording", "reason", "themes", "group", "revision"]
    )


def _sort(verbatim: Verbatim, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(verbatim, name, value)
    verbatim.revision += 1
    verbatim.save(update_fields=[*facts, "revision"])


def _themes(themes: Iterable[str]) -> list[str]:
    return [code for code in Theme.values if code in set(themes)]
