"""Candidacies further along their life than a file being written: filed, before the commission, awarded, titled."""

from datetime import UTC, date, datetime

from marelle.core.frozen import digest
from marelle.documents.actions import store_bytes
from marelle.programme.actions import agreements, decisions, deliberations, titles
from marelle.programme.actions.decisions import Verdict
from marelle.programme.enums import OutcomeKind, Status
from marelle.programme.models import Submission
from tests.accounts.factories import lead_of, national
from tests.programme.factories import COMPLETE, CandidacyFactory

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def a_file(by, name="deliberation.pdf"):
    return store_bytes(b"%PDF-1.7 essai", name=name, mime="application/pdf", by=by, at=AT)


def submitted(status=Status.COMMISSION, **fields):
    """A candidacy whose file was handed over once."""
    candidacy = CandidacyFactory(status=status, **fields)
    paper = a_file(candidacy.opened_by, "principe.pdf")
    content = {
        "version": candidacy.version.number,
        "answers": dict(COMPLETE),
        "documents": {"deliberation": [{"file": paper.public_id, "name": paper.name, "sha256": paper.sha256}]},
    }
    Submission.objects.create(
        candidacy=candidacy, number=1, content=content, digest=digest(content),
        submitted_at=datetime(2026, 10, 20, 8, 0, tzinfo=UTC), submitted_by=candidacy.opened_by,
    )  # fmt: skip
    return candidacy


def verdict(outcome=OutcomeKind.AWARD, **changes):
    said = {
        "outcome": outcome, "reasons": "Une démarche solide, portée par les enfants.",
        "body": "Commission d’attribution", "decided_on": date(2026, 11, 23),
    }  # fmt: skip
    if outcome == OutcomeKind.PROBATION:
        said |= {
            "probation_ends_on": date(2027, 5, 31),
            "tasks": [("Réunir le comité avec des enfants", date(2027, 2, 1)), ("Publier le plan", date(2027, 4, 1))],
        }
    if outcome == OutcomeKind.AWARD_WITH_RECOMMENDATIONS:
        said["recommendations"] = ["Associer les collèges.", "Publier le budget."]
    return Verdict(**said | changes)


def decided(outcome=OutcomeKind.AWARD, *, by=None, at=AT, **fields):
    """The decision, recorded by a manager on a file before the commission."""
    candidacy = submitted(**fields)
    return decisions.decide(candidacy=candidacy, verdict=verdict(outcome), seen=0, by=by or national(), at=at)


def ready(*, lead=None, at=AT, **fields):
    """Decision, council's vote and signed agreement are there: the title can be published."""
    candidacy = decided(**fields).candidacy
    lead = lead or lead_of(candidacy.organisation)
    agreements.make_agreement(candidacy=candidacy, by=lead, at=at)
    deliberations.record_deliberation(
        candidacy=candidacy, number="9-7", held_on=date(2026, 11, 20), council="Conseil municipal",
        document=a_file(lead), by=lead, at=at,
    )  # fmt: skip
    agreements.bring_signed(
        candidacy=candidacy, document=a_file(lead, "signee.pdf"), signed_on=date(2026, 11, 22),
        signed_by_name="Nadia Lefèvre, maire", by=lead, at=at,
    )  # fmt: skip
    candidacy.refresh_from_db()
    return candidacy


def titled(*, at=AT, **fields):
    return titles.grant(candidacy=ready(**fields), by=national(), at=at)
