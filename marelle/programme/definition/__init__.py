"""What a route asks, as data: its shape, how its YAML is read and checked, what changed between two versions.

No model and no database here: actions turn what was read into rows.
"""

from .comparing import Change, compare, touches_the_file
from .shape import (
    Charter,
    Deadlines,
    Definition,
    Engagement,
    FeeBand,
    MandateDefinition,
    OnlyIf,
    Option,
    Outcome,
    Question,
    QuestionKind,
    RequiredDocument,
    Section,
    Step,
    parsed,
)

__all__ = [
    "Change", "Charter", "Deadlines", "Definition", "Engagement", "FeeBand", "MandateDefinition", "OnlyIf", "Option",
    "Outcome", "Question", "QuestionKind", "RequiredDocument", "Section", "Step", "compare", "parsed",
    "touches_the_file",
]  # fmt: skip
