"""The shape of a route’s definition: what the YAML of a mandate may say, as typed objects.

No model, no database: the loader checks YAML against it, `RouteVersion.definition` gives it back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictStr, model_validator

PARIS = ZoneInfo("Europe/Paris")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


Key = Field(pattern=r"^[a-z][a-z0-9-]{1,58}$")

Instant = Annotated[datetime, AfterValidator(lambda at: at if at.tzinfo else at.replace(tzinfo=PARIS))]
"""A day and an hour; those written without a zone are Paris’s."""
Days = Annotated[int, Field(gt=0)]
SquareKey = Literal["join", "govern", "listen", "plan", "act", "measure", "share"]


class QuestionKind(StrEnum):
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"  # value: int or float; `minimum`, `maximum`, `unit`
    YES_NO = "yes_no"  # value: true | false
    CHOICE = "choice"  # value: option key
    CHOICES = "choices"  # value: list of option keys
    DATE = "date"  # value: "2026-11-20"


class Option(Strict):
    key: str = Key
    label: str


class OnlyIf(Strict):
    """The question or document is asked only when another question has one of these answers."""

    question: str
    is_one_of: list[StrictStr | StrictBool]


class Question(Strict):
    key: str = Key
    label: str
    why: str
    """Why it is asked, in plain words."""
    example: str = ""
    who: str
    """Who usually answers in a collectivité."""
    kind: QuestionKind
    required: bool = True
    options: list[Option] = []
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    max_length: int | None = None
    only_if: OnlyIf | None = None
    engagement: str = ""


class Section(Strict):
    key: str = Key
    title: str
    square: SquareKey
    intro: str = ""
    questions: list[Question]


class RequiredDocument(Strict):
    key: str = Key
    label: str
    why: str
    required: bool = True
    several: bool = False
    only_if: OnlyIf | None = None


class Step(Strict):
    """A step as the collectivité lives it, shown on its way; `statuses` are those of a candidacy at that step."""

    key: str = Key
    name: str
    description: str
    square: SquareKey
    statuses: list[str] = []


class Deadlines(Strict):
    opens_at: Instant
    file_due_at: Instant
    chase_days_before: list[Days]
    """Days before `file_due_at` when a draft, or edits not submitted, are chased by mail."""
    instruction_days: Days
    """Days the team gives itself from the submission, the clock stopped while corrections are awaited."""
    correction_days: Days
    opinion_days: Days
    opinion_reminder_days: Days
    silent_after_days: Days
    """A collectivité that gave no sign for so long is shown as silent."""


class FeeBand(Strict):
    """Yearly fee for territories of at most `up_to` inhabitants (None: above all other bands)."""

    up_to: Annotated[int, Field(gt=0)] | None
    cents: Annotated[int, Field(ge=0)]

    @model_validator(mode="before")
    @classmethod
    def _written_in_euros(cls, given: Any) -> Any:
        """Files say `euros: 150`; what is kept is in cents."""
        if isinstance(given, dict) and "cents" not in given and isinstance(given.get("euros"), int):
            given = {key: value for key, value in given.items() if key != "euros"} | {"cents": given["euros"] * 100}
        return given


class Outcome(Strict):
    kind: Literal["award", "award_with_recommendations", "probation", "refusal"]
    label: str
    explanation: str


class Engagement(Strict):
    key: str = Key
    title: str
    text: str


class Charter(Strict):
    intro: str
    articles: list[str]


class Definition(Strict):
    """All that a route asks and promises, for one mandate."""

    key: str = Key
    kind: Literal["titled", "network"]
    name: str
    title_names: dict[Literal["commune", "epci", "ept"], str] = {}
    """What the title is called for a kind of territory, when it is not the route's name."""
    summary: str
    source: str
    """Whose words these are and what stays to be confirmed, shown to readers."""
    eligible: list[Literal["commune", "epci", "ept"]]
    engagements: list[Engagement] = []
    steps: list[Step] = []
    sections: list[Section] = []
    documents: list[RequiredDocument] = []
    deadlines: Deadlines | None = None
    fees: list[FeeBand] = []
    fee_note: str = ""
    outcomes: list[Outcome] = []
    charter: Charter | None = None

    @cached_property
    def questions(self) -> dict[str, Question]:
        return {q.key: q for section in self.sections for q in section.questions}

    def section(self, key: str) -> Section:
        return next(s for s in self.sections if s.key == key)

    def asked(self, thing: Question | RequiredDocument, answers: dict[str, Any]) -> bool:
        """Whether a conditional question or document is asked, given the answers so far.

        An answer left behind by a question that is no longer asked asks nothing more.
        """
        if thing.only_if is None:
            return True
        parent = self.questions.get(thing.only_if.question)
        return (parent is None or self.asked(parent, answers)) and _matches(
            answers.get(thing.only_if.question), thing.only_if.is_one_of
        )

    def title_for(self, kind: str) -> str:
        """How the title of a territory of this kind is called."""
        return next((name for of, name in self.title_names.items() if of == kind), self.name)

    def fee_for(self, population: int | None) -> FeeBand | None:
        """The band a population falls in; None when the population is unknown or no fee is set."""
        if population is None:
            return None
        bands = sorted(self.fees, key=lambda band: band.up_to if band.up_to is not None else float("inf"))
        return next((band for band in bands if band.up_to is None or population <= band.up_to), None)


class MandateDefinition(Strict):
    """A term of office, as its `mandat.yaml` says it."""

    key: str
    name: str
    starts_on: date
    ends_on: date


def _matches(value: Any, wanted: list[str | bool]) -> bool:
    given = value if isinstance(value, list) else [value]
    return any(one in wanted and type(one) in {type(w) for w in wanted if w == one} for one in given)


_by_digest: dict[str, Definition] = {}


def parsed(digest: str, content: Callable[[], dict[str, Any]]) -> Definition:
    """`content` as a Definition; the same object for the same digest, so that pages neither read nor parse again."""
    if digest not in _by_digest:
        _by_digest[digest] = Definition.model_validate(content())
    return _by_digest[digest]
