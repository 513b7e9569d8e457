"""Who looks after a council, its terms, its members and their consents, and until when a mistake is taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from marelle.accounts.enums import WRITES_FILE, Kind
from marelle.accounts.models import Organisation
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.participation.enums import CouncilKind
from marelle.participation.models import Consent, Council, Member, Term

MISTAKE = timedelta(days=7)
"""For so long what was typed by mistake goes without a trace. Later, one leaves, withdraws, or asks to be forgotten."""
LONGEST_TERM_YEARS = 6
"""A consultative committee lasts no longer than the municipal mandate (CGCT L2143-2)."""
ADULT = 18


def can_create(user: Any, organisation: Organisation) -> Answer:
    if organisation.kind != Kind.COLLECTIVITE or not standing(user).has_role_in(organisation, WRITES_FILE):
        return No(_nobody(organisation))
    return True


def houses(user: Any) -> list[Organisation]:
    """The collectivités for which this person may create a council."""
    found = {m.organisation_id: m.organisation for m in standing(user).memberships if m.role in WRITES_FILE}
    return sorted(found.values(), key=lambda one: (one.name, one.pk))


def can_tend(user: Any, council: Council) -> Answer:
    """Change what its page says, bring it to its end, bring it back."""
    if not standing(user).has_role_in(council.organisation, WRITES_FILE):
        return No(_nobody(council.organisation))
    return True


def can_end(user: Any, council: Council) -> Answer:
    return _and(can_tend(user, council), not council.ended_on, _("Ce conseil a déjà pris fin."))


def can_revive(user: Any, council: Council) -> Answer:
    return _and(can_tend(user, council), bool(council.ended_on), _("Ce conseil n’a pas pris fin."))


def can_start_term(user: Any, council: Council) -> Answer:
    return _and(
        can_tend(user, council), not council.ended_on, _("Ce conseil a pris fin. Rouvrez-le pour ouvrir un mandat.")
    )


def can_date_term(council: Council, starts_on: date, ends_on: date, *, but: Term | None = None) -> Answer:
    """The days of a term: in order, within a municipal mandate, apart from the other terms."""
    if ends_on <= starts_on:
        return NotNow(_("La fin du mandat vient après son début."))
    if ends_on > _years_after(starts_on, LONGEST_TERM_YEARS):
        return NotNow(_("Un mandat ne dure pas plus de six ans, comme celui du conseil municipal."))
    others = council.terms.exclude(pk=but.pk) if but else council.terms.all()
    met = others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if met:
        return NotNow(
            _(
                "Ces dates touchent un autre mandat, du %(start)s au %(end)s. "
                "Commencez après sa fin, ou changez d’abord ses dates."
            )
            % {"start": f"{met.starts_on:%d/%m/%Y}", "end": f"{met.ends_on:%d/%m/%Y}"}
        )
    return True


def can_change_term(user: Any, term: Term) -> Answer:
    return can_tend(user, term.council)


def can_add_member(user: Any, term: Term, *, on: date) -> Answer:
    allowed = can_tend(user, term.council)
    if not allowed:
        return allowed
    if term.council.ended_on:
        return NotNow(_("Ce conseil a pris fin."))
    return term.ends_on >= on or NotNow(
        _("Ce mandat est terminé. Ouvrez le suivant pour y inscrire des enfants et des jeunes.")
    )


def can_change_member(user: Any, member: Member) -> Answer:
    """A forgotten child is not written again."""
    return _and(
        can_tend(user, member.term.council), bool(member.first_name), _("Ce qui concernait cet enfant a été effacé.")
    )


def can_leave(user: Any, member: Member) -> Answer:
    return _and(can_change_member(user, member), not member.left_on, _("Ce départ est déjà noté."))


def can_come_back(user: Any, member: Member) -> Answer:
    return _and(can_change_member(user, member), bool(member.left_on), _("Cet enfant siège déjà."))


def can_erase(user: Any, member: Member, *, at: datetime) -> Answer:
    """Typed by mistake: the row goes as if it had never been."""
    return _and(
        can_tend(user, member.term.council),
        at <= member.recorded_at + MISTAKE,
        _("Cette inscription a plus de sept jours. Notez un départ, ou effacez ce qui concerne l’enfant."),
    )


def can_forget(user: Any, member: Member) -> Answer:
    """The family asks for it: everything about the child goes, at any time."""
    return _and(
        can_tend(user, member.term.council), bool(member.first_name), _("Ce qui concernait cet enfant a été effacé.")
    )


def can_record_consent(user: Any, member: Member) -> Answer:
    return can_change_member(user, member)


def can_be_consent(
    member: Member, *, by_child: bool, by_guardians: bool, of_age: bool, signed_on: date, valid_until: date, on: date
) -> Answer:
    """Whether a paper is a consent at all."""
    if not by_child or not (by_guardians or of_age):
        return NotNow(_("Il faut l’accord de l’enfant et celui de ses responsables. L’un sans l’autre ne suffit pas."))
    if of_age and (not member.birth_year or signed_on.year - member.birth_year < ADULT):
        return NotNow(_("Pour signer seul·e, il faut être majeur·e\u202f: vérifiez l’année de naissance."))
    if signed_on > on:
        return NotNow(_("La date de signature est dans le futur."))
    if valid_until < signed_on:
        return NotNow(_("Un accord finit après avoir été signé\u202f: vérifiez les deux dates."))
    if valid_until < on:
        return NotNow(_("Cet accord est déjà terminé. Faites signer un nouveau papier."))
    return True


def can_withdraw(user: Any, consent: Consent) -> Answer:
    """At any moment, without a reason."""
    return _and(can_tend(user, consent.member.term.council), not consent.withdrawn_on, _("Cet accord est déjà retiré."))


def can_put_back(user: Any, consent: Consent, *, at: datetime) -> Answer:
    """A withdrawal noted by mistake. Later, the family signs again."""
    allowed = can_tend(user, consent.member.term.council)
    if not allowed:
        return allowed
    if consent.withdrawn_on is None:
        return NotNow(_("Cet accord n’est pas retiré."))
    if timezone.localdate(at) > consent.withdrawn_on + MISTAKE:
        return NotNow(_("Ce retrait a plus de sept jours. Faites signer un nouvel accord."))
    return True


def can_drop_consent(user: Any, consent: Consent, *, at: datetime) -> Answer:
    """Typed by mistake, for another child for example: the row and its paper go."""
    return _and(
        can_tend(user, consent.member.term.council),
        at <= consent.recorded_at + MISTAKE,
        _("Cet accord a été noté il y a plus de sept jours. Vous pouvez le retirer."),
    )


def asks_balance(council: Council) -> bool:
    """The law wants it of a *conseil de jeunes* alone."""
    return council.kind == CouncilKind.YOUTH


def _and(allowed: Answer, holds: bool, words: str) -> Answer:
    return (holds or NotNow(words)) if allowed else allowed


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def _nobody(organisation: Organisation) -> str:
    return _(
        "Tenir ce conseil revient à la personne référente, à l’élu·e de référence et aux contributeurs de %(who)s."
    ) % {"who": organisation}
