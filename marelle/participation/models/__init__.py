"""One file per noun: what is asked, to which group, what children wrote, what became of it, their councils."""

from .alerts import Alert, AlertStep
from .consultations import Consultation, Recording, Steward, Version
from .councils import Consent, Council, Member, Term
from .elections import Candidate, Election
from .papers import CopiedWords
from .proposals import Proposal, ProposalStep
from .results import Publication, PublishedTable
from .sessions import Session
from .verbatims import Verbatim

__all__ = [
    "Alert",
    "AlertStep",
    "Candidate",
    "Consent",
    "Consultation",
    "CopiedWords",
    "Council",
    "Election",
    "Member",
    "Proposal",
    "ProposalStep",
    "Publication",
    "PublishedTable",
    "Recording",
    "Session",
    "Steward",
    "Term",
    "Verbatim",
    "Version",
]
