"""One file per noun, in the order of a candidacy's life."""

from .candidacies import Candidacy, StatusChange, Submission
from .configuration import Mandate, Route, RouteVersion
from .decisions import Decision, ProbationTask
from .files import Answer, AnswerRevision, Attachment, Chase, UnmergedText
from .instruction import ConflictOfInterest, Correction, CorrectionItem, Message, Note, Opinion
from .network import NetworkMembership
from .titles import Agreement, Deliberation, Title

__all__ = [
    "Agreement", "Answer", "AnswerRevision", "Attachment", "Candidacy", "Chase", "ConflictOfInterest", "Correction",
    "CorrectionItem", "Decision", "Deliberation", "Mandate", "Message", "NetworkMembership", "Note",
    "Opinion", "ProbationTask", "Route", "RouteVersion", "StatusChange", "Submission", "Title", "UnmergedText",
]  # fmt: skip
