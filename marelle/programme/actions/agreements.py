"""The agreement between a collectivité and the programme: the PDF to sign, then the signed copy."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from marelle.accounts.enums import Role
from marelle.audit.actions import record
from marelle.core.rules import Refused, require
from marelle.documents.actions import make_pdf
from marelle.documents.models import File
from marelle.notifications.actions import send_on_commit
from marelle.programme.emails import titles as emails
from marelle.programme.models import Agreement, Candidacy
from marelle.programme.queries import people
from marelle.programme.queries.titles import fee, papers
from marelle.programme.rules import titles as rules
from marelle.ui.components.words import euros, moment_in_words
from marelle.ui.components.words import people as counted

from .moving import locked, sign_of_life


@transaction.atomic
def make_agreement(*, candidacy: Candidacy, by: Any, at: datetime) -> Agreement:
    """Write the agreement out as an accessible PDF, from what is known today, ready for council and signature."""
    candidacy = locked(candidacy)
    require(rules.can_make_agreement(by, candidacy))
    agreement = produce(candidacy, by=by, at=at)
    sign_of_life(candidacy, by=by, at=at)

    record("programme.agreement.made", on=candidacy, by=by, at=at, file=agreement.draft.public_id)
    for person in people.leads(candidacy.organisation, localdate(at)).exclude(pk=by.pk):
        send_on_commit(emails.agreement_ready, to=person, at=at, candidacy=candidacy)
    return agreement


@transaction.atomic
def bring_signed(
    *, candidacy: Candidacy, document: File, signed_on: date, signed_by_name: str, by: Any, at: datetime
) -> Agreement:
    """The signed copy is there: the team can publish the title. Brought again to correct a slip."""
    candidacy = locked(candidacy)
    require(rules.can_bring_signed(by, candidacy))
    known = papers(candidacy)
    if not signed_by_name.strip():
        raise Refused(_("Indiquez qui a signé pour la collectivité."))
    if signed_on > localdate(at):
        raise Refused(_("La signature ne peut pas être datée d’un jour à venir."))
    if known.deliberation and signed_on < known.deliberation.held_on:
        raise Refused(_("La signature ne peut pas précéder la délibération qui l’autorise."))
    agreement = Agreement.objects.select_for_update(of=("self",)).get(candidacy=candidacy)
    agreement.signed, agreement.signed_on = document, signed_on
    agreement.signed_by_name, agreement.signed_uploaded_by = signed_by_name.strip(), by
    agreement.save(update_fields=["signed", "signed_on", "signed_by_name", "signed_uploaded_by"])
    sign_of_life(candidacy, by=by, at=at)

    record("programme.agreement.signed", on=candidacy, by=by, at=at, file=document.public_id)
    for person in people.managers(localdate(at)).exclude(pk=by.pk):
        send_on_commit(emails.agreement_signed, to=person, at=at, candidacy=candidacy)
    return agreement


def produce(candidacy: Candidacy, *, by: Any, at: datetime) -> Agreement:
    """The PDF itself. The caller holds the lock and asked the rule."""
    title = _("Convention %(route)s – %(territory)s") % {
        "route": candidacy.version.definition.title_for(candidacy.territory.kind), "territory": candidacy.territory.name,
    }  # fmt: skip
    draft = make_pdf(
        "programme/typst/agreement.typ", _said(candidacy, at), name=f"convention-{candidacy.territory.slug}.pdf",
        title=title, by=by, at=at,
    )  # fmt: skip
    agreement, _made = Agreement.objects.update_or_create(
        candidacy=candidacy, defaults={"draft": draft, "generated_at": at}
    )
    return agreement


def _said(candidacy: Candidacy, at: datetime) -> dict[str, Any]:
    """All that the agreement says, as plain JSON. Unknown stays None: the page leaves a line to fill in."""
    definition, territory, mandate = candidacy.version.definition, candidacy.territory, candidacy.route.mandate
    known, band = papers(candidacy), fee(candidacy)
    signatory = people.members(candidacy.organisation, {Role.SIGNATORY}, localdate(at)).first()
    vote = known.deliberation
    return {
        "territory": territory.name,
        "is_commune": territory.kind == "commune",
        "code": territory.code,
        "siren": territory.siren or None,
        "route": definition.title_for(territory.kind),
        "mandate": mandate.name[:1].lower() + mandate.name[1:],
        "ends_on": _day(mandate.ends_on),
        "signatory": signatory.name if signatory else None,
        "decision": known.decision and {"body": known.decision.body, "on": _day(known.decision.decided_on)},
        "recommendations": known.decision.recommendations if known.decision else [],
        "deliberation": vote and {"number": vote.number, "on": _day(vote.held_on), "council": vote.council},
        "engagements": [{"title": one.title, "text": one.text} for one in definition.engagements],
        "fee": euros(band.cents) if band else None,
        "population": None if territory.population is None else counted(territory.population),
        "population_year": territory.population_year,
        "fee_note": definition.fee_note,
        "source": definition.source,
        "made_on": _day(localdate(at)),
        "demonstration": candidacy.is_demonstration,
    }


def _day(day: date) -> str:
    return moment_in_words(day)
