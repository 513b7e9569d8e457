"""A file that is being written survives any change of what is asked: its pages open, its answers stay."""

import copy

import pytest
from django.urls import reverse

from marelle.programme.actions.configuration import load
from marelle.programme.definition import Definition, MandateDefinition, Question
from marelle.programme.models import Answer
from marelle.programme.queries.values import read_again, words
from tests.accounts.factories import lead_of, national
from tests.programme.factories import COMPLETE, DEFINITION, CandidacyFactory

pytestmark = pytest.mark.django_db
MANDATE = MandateDefinition(key="2026-2032", name="Mandat", starts_on="2026-03-22", ends_on="2032-03-31")


def other_kinds(content):
    questions = content["sections"][0]["questions"]
    questions[0].update(kind="choice", options=[{"key": "un", "label": "Un"}, {"key": "deux", "label": "Deux"}])
    questions[1] = {k: v for k, v in questions[1].items() if k != "minimum"} | {"kind": "date"}
    content["sections"][1]["questions"][0].update(kind="number")
    del content["sections"][1]["questions"][1]["only_if"]


def fewer(content):
    del content["sections"][1]["questions"][0]
    del content["sections"][1]["questions"][0]["only_if"]
    content["documents"].clear()


def moved(content):
    content["sections"][1]["questions"].append(content["sections"][0]["questions"].pop())


def no_more_second_section(content):
    content["sections"].pop()


@pytest.mark.parametrize("change", [other_kinds, fewer, moved, no_more_second_section])
def test_every_page_of_the_file_still_opens(client, at, change):
    first = load(mandate=MANDATE, routes=(Definition.model_validate(DEFINITION),), by=None, at=at)[0].version
    candidacy = CandidacyFactory(version=first)
    lead = lead_of(candidacy.organisation)
    for question, value in COMPLETE.items():
        Answer.objects.create(candidacy=candidacy, question=question, value=value, saved_at=at, saved_by=lead)

    content = copy.deepcopy(DEFINITION)
    change(content)
    definition = Definition.model_validate(content)
    load(mandate=MANDATE, routes=(definition,), by=None, at=at)

    held = {a.question: a.value for a in Answer.objects.all()}
    if change is other_kinds:
        # Read as asked today; what no longer fits is kept as typed, and counts as missing.
        assert held == {
            "motivation": {"raw": COMPLETE["motivation"]},
            "enfants": {"raw": "214"},
            "conseil": {"raw": "non"},
        }
    else:
        assert held == COMPLETE, "what was written stays written"
    client.force_login(lead)
    pages = [reverse(f"programme:{name}", args=[candidacy.public_id]) for name in ("file", "file_check", "file_print")]
    pages += [reverse("programme:file_section", args=[candidacy.public_id, s.key]) for s in definition.sections]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def question(kind, **more):
    return Question(key="une", label="Une ?", why="Pour voir.", who="le maire", kind=kind, **more)


CHOICES = {"options": [{"key": "ecole", "label": "L’école"}, {"key": "rue", "label": "La rue"}]}


@pytest.mark.parametrize(
    ("old", "value", "new", "expected"),
    [
        (question("number"), 12, question("short_text"), "12"),
        (question("short_text"), "12", question("number"), 12),
        (question("short_text"), "douze", question("number"), {"raw": "douze"}),
        (question("number"), {"raw": "douze"}, question("short_text"), "douze"),
        (question("number"), 12, question("number", maximum=10), {"raw": "12"}),
        (question("choice", **CHOICES), "rue", question("choices", **CHOICES), ["rue"]),
        (question("choices", **CHOICES), ["rue"], question("choice", **CHOICES), "rue"),
        (question("choices", **CHOICES), ["ecole", "rue"], question("choice", **CHOICES), {"raw": "L’école, La rue"}),
        (question("choices", **CHOICES), ["ecole", "rue"], question("long_text"), "L’école, La rue"),
        (question("yes_no"), True, question("long_text"), "Oui"),
        (question("long_text"), "oui", question("yes_no"), True),
        (question("date"), "2026-11-24", question("long_text"), "24 novembre 2026"),
        (question("long_text"), "24/11/2026", question("date"), "2026-11-24"),
    ],
)
def test_an_answer_is_read_again_as_its_question_asks_today(old, value, new, expected):
    assert read_again(old, new, value) == expected


@pytest.mark.parametrize("kind", ["short_text", "long_text", "number", "yes_no", "choice", "choices", "date"])
@pytest.mark.parametrize(
    "value", ["texte", 12, 1.5, True, ["rue"], "2026-11-24", {"raw": "x"}, {"raw": ["x"]}, None, []]
)
def test_an_old_revision_can_always_be_shown(kind, value):
    """The history of an answer holds values written when its question was of another kind."""
    assert isinstance(words(question(kind, **(CHOICES if "choice" in kind else {})), value), str)


def test_the_page_of_the_file_says_what_changed_since_it_was_opened(client, at):
    first = load(mandate=MANDATE, routes=(Definition.model_validate(DEFINITION),), by=None, at=at)[0].version
    candidacy, handed_over = CandidacyFactory(version=first), CandidacyFactory(version=first, status="filed")
    client.force_login(lead_of(candidacy.organisation))
    url = reverse("programme:file", args=[candidacy.public_id])
    assert "Ce qui est demandé a changé" not in client.get(url).content.decode()

    content = copy.deepcopy(DEFINITION)
    content["sections"][0]["questions"][0]["label"] = "Pourquoi vous engager ?"
    load(mandate=MANDATE, routes=(Definition.model_validate(content),), by=None, at=at)
    page = client.get(url).content.decode()
    assert "Ce qui est demandé a changé" in page
    assert "<ins>" in page
    client.force_login(national())
    assert "Ce qui est demandé a changé" not in client.get(url).content.decode()
    client.force_login(lead_of(handed_over.organisation))
    page = client.get(reverse("programme:file", args=[handed_over.public_id])).content.decode()
    assert "Ce qui est demandé a changé" not in page, "what was handed over never moves"
    assert "Pourquoi vous engager" not in page
