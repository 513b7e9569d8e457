"""What a file of `demo/library/` may say. Strict: what is misspelt is refused."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from marelle.library.enums import Access, Format, Goal, Kind, Language, Setting

from .markup import html

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,78}$")]
Title = Annotated[str, StringConstraints(min_length=3, max_length=120)]
Words = Annotated[str, StringConstraints(min_length=1)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=160)]
Span = Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=2, max_length=2)]
RICH = ("text", "tip", "watch")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Step(Strict):
    title: Title
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    text: Words

    @model_validator(mode="after")
    def _is_written_as_we_read(self) -> Step:
        html(self.text)
        return self


class Block(Strict):
    """One block of a sheet: exactly one of these."""

    heading: Title | None = None
    text: Words | None = None
    material: list[Line] | None = None
    steps: list[Step] | None = None
    tip: Words | None = None
    watch: Words | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Block:
        if len(self.said) != 1:
            raise ValueError("un bloc dit une chose, et une seule")
        if self.kind in RICH:
            html(self.value)
        return self

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in dict(self).items() if value is not None}

    @property
    def kind(self) -> str:
        return next(iter(self.said))

    @property
    def value(self) -> Any:
        return self.said[self.kind]


class Page(Strict):
    title: Title
    text: Words


class File(Strict):
    """A PDF that Typst makes from the text of the resource. Each comes in colour and in black and white."""

    label: Annotated[str, StringConstraints(min_length=3, max_length=120)]
    make: Literal["sheet", "cards", "poster", "booklet", "panels"]
    cards: Annotated[list[Line], Field(max_length=24)] = []
    title: str = ""
    lines: Annotated[list[Line], Field(max_length=12)] = []
    pages: Annotated[list[Page], Field(max_length=16)] = []
    changes: Annotated[str, StringConstraints(max_length=200)] = ""
    """What its second version changed; there is only one when it says nothing."""

    @model_validator(mode="after")
    def _brings_what_it_is_made_of(self) -> File:
        wanted = {"cards": self.cards, "poster": self.title and self.lines, "booklet": self.pages, "panels": self.pages}
        if self.make in wanted and not wanted[self.make]:
            raise ValueError(f"un fichier « {self.make} » dit ce qu’on y lit")
        return self


class Resource(Strict):
    key: Key
    kind: Kind
    title: Title
    summary: Annotated[str, StringConstraints(min_length=20, max_length=320)]
    ages: Span
    minutes: Span | None = None
    group: Span | None = None
    settings: Annotated[list[Setting], Field(min_length=1)]
    themes: Annotated[list[str], Field(min_length=1)]
    articles: Annotated[list[int], Field(min_length=1)]
    goals: list[Goal] = []
    languages: Annotated[list[Language], Field(min_length=1)] = [Language.FR]
    formats: list[Format] = []
    access: list[Access] = []
    keywords: Annotated[str, StringConstraints(max_length=300)] = ""
    author: Annotated[str, StringConstraints(max_length=150)] = ""
    licence: Annotated[str, StringConstraints(max_length=80)] = ""
    body: Annotated[list[Block], Field(min_length=1)]
    files: list[File] = []
    items: list[Key] = []
    state: Literal["published", "draft", "review", "scheduled", "stale"] = "published"

    @model_validator(mode="after")
    def _holds_together(self) -> Resource:
        if (self.kind == Kind.KIT) != bool(self.items):
            raise ValueError("un kit, et lui seul, dit de quelles ressources il est fait (items)")
        for name in ("ages", "minutes", "group"):
            span = getattr(self, name)
            if span and span[0] > span[1]:
                raise ValueError(f"{name} : du plus petit au plus grand")
        if not 3 <= self.ages[0] <= self.ages[1] <= 18:
            raise ValueError("ages : entre 3 et 18 ans")
        spent, asked = self.step_minutes, self.minutes
        if spent and asked and not asked[0] <= spent <= asked[1]:
            raise ValueError(f"les étapes durent {spent} minutes, la fiche annonce {asked[0]} à {asked[1]}")
        return self

    @property
    def step_minutes(self) -> int:
        """How long its steps last together; 0 when one of them does not say."""
        steps = [step for block in self.body if block.kind == "steps" for step in block.value]
        return sum(step.minutes for step in steps) if all(step.minutes for step in steps) else 0


ASKED_AT_LENGTH = ("context", "children_part", "staff", "result", "evidence", "failures")


class Contact(Strict):
    name: Annotated[str, StringConstraints(min_length=3, max_length=150)]
    email: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+@[a-z0-9.-]+\.example$")]
    """At an address that cannot exist."""


class Told(Strict):
    """A practice, as its collectivité tells it."""

    key: Key
    insee: Annotated[str, StringConstraints(pattern=r"^([0-9][0-9AB][0-9]{3}|[0-9]{9})$")]
    title: Title
    summary: Annotated[str, StringConstraints(min_length=20, max_length=320)]
    ages: Span
    themes: Annotated[list[str], Field(min_length=1)]
    articles: Annotated[list[int], Field(min_length=1)]
    goals: list[Goal] = []
    started_in: Annotated[int, Field(ge=1990, le=2026)]
    context: Words
    children_part: Words
    steps: Annotated[list[Words], Field(min_length=2)]
    cost_euros: Annotated[int, Field(ge=0)] | None = None
    cost_note: str = ""
    staff: Words
    partners: str = ""
    result: Words
    evidence: Words
    failures: Words
    advice: Words
    contact: Contact | None = None
    state: Literal["published", "submitted", "returned", "draft"] = "published"
    taken_up_by: list[str] = []

    @model_validator(mode="after")
    def _says_enough_to_be_proposed(self) -> Told:
        """What the form asks of a real one: a whole sentence."""
        short = [name for name in ASKED_AT_LENGTH if len(getattr(self, name).split()) < 5]
        if short and self.state != "draft":
            raise ValueError(f"une vraie phrase est attendue : {', '.join(short)}")
        return self

    @property
    def cost_is_unknown(self) -> bool:
        return self.cost_euros is None

    @property
    def facts(self) -> dict[str, Any]:
        """For `library.actions.practices.PracticeFacts`."""
        names = """title summary context children_part started_in cost_euros cost_note staff partners result
            evidence""".split()
        return {name: getattr(self, name) for name in names} | {
            "steps": tuple(self.steps), "themes": tuple(self.themes), "articles": tuple(self.articles),
            "goals": tuple(self.goals), "age_from": self.ages[0], "age_to": self.ages[1],
        }  # fmt: skip


class Chapter(Strict):
    title: Title
    body: Annotated[list[Block], Field(min_length=1)]


class Written(Strict):
    """A guide."""

    key: Key
    title: Title
    summary: Annotated[str, StringConstraints(min_length=20, max_length=320)]
    ages: Span
    themes: Annotated[list[str], Field(min_length=1)]
    articles: Annotated[list[int], Field(min_length=1)]
    goals: list[Goal] = []
    chapters: Annotated[list[Chapter], Field(min_length=2)]
    changes: Annotated[str, StringConstraints(max_length=300)] = ""
