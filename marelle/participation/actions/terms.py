"""A council's terms: one begins when the last hands over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.participation.models import Council, Member, Term
from marelle.participation.queries.councils import seats
from marelle.participation.rules import councils as rules

from .councils import locked
from .members import go_on


@transaction.atomic
def start(
    *,
    council: Council,
    starts_on: date,
    ends_on: date,
    handover: str = "",
    staying: Iterable[Member] = (),
    by: Any,
    at: datetime,
) -> Term:
    """A new term. `handover` is what the last one leaves to it; `staying` are those who go on, with the consents that
    still hold on the first day."""
    council = locked(council)
    require(rules.can_start_term(by, council))
    require(rules.can_date_term(council, starts_on, ends_on))
    last = council.terms.filter(starts_on__lt=starts_on).first()
    stays = [*staying]
    present = (
        {seat.member.pk for seat in seats(last, on=timezone.localdate(at)) if not seat.member.left_on}
        if last
        else set()
    )
    if any(member.pk not in present for member in stays):
        raise Refused(_("Une personne choisie ne siège plus dans le dernier mandat. Vérifiez la liste."))
    if last is not None and handover != last.handover:
        last.handover = handover
        last.save(update_fields=["handover"])
    term = Term.objects.create(council=council, starts_on=starts_on, ends_on=ends_on)
    for member in stays:
        go_on(member=member, term=term, by=by, at=at)
    record("participation.term.started", on=council, by=by, at=at, staying=len(stays))
    return term


@transaction.atomic
def change(
    *,
    term: Term,
    starts_on: date,
    ends_on: date,
    handover: str,
    women: int | None,
    men: int | None,
    by: Any,
    at: datetime,
) -> Term:
    """Its days, what it leaves, and the two sums the law asks of a *conseil de jeunes*."""
    council = locked(term.council)
    term = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    term.council = council
    require(rules.can_change_term(by, term))
    require(rules.can_date_term(council, starts_on, ends_on, but=term))
    if not rules.asks_balance(council):
        women, men = term.women, term.men
    elif (women is None) != (men is None):
        raise Refused(_("Donnez les deux nombres, ou aucun."))
    term.starts_on, term.ends_on, term.handover, term.women, term.men = starts_on, ends_on, handover, women, men
    term.save(update_fields=["starts_on", "ends_on", "handover", "women", "men"])
    record("participation.term.changed", on=council, by=by, at=at)
    return term
