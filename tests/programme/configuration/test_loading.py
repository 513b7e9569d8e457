"""`marelle load-programme`: what is loaded, what changed, and which files follow."""

import shutil
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from marelle.audit.models import Entry
from marelle.programme.actions.configuration import load
from marelle.programme.definition import Definition, MandateDefinition
from marelle.programme.enums import FOLLOWS_NEW_VERSIONS, Status
from marelle.programme.management.commands.load_programme import SHIPPED
from marelle.programme.models import Mandate, RouteVersion
from tests.accounts.factories import lead_of, member_of
from tests.programme.factories import DEFINITION, CandidacyFactory

pytestmark = pytest.mark.django_db

MANDATE = MandateDefinition(key="2026-2032", name="Mandat", starts_on="2026-03-22", ends_on="2032-03-31")


def definition(**changes):
    return Definition.model_validate(DEFINITION | changes)


def without(question):
    """The same route, one question less."""
    sections = [
        section | {"questions": [q for q in section["questions"] if q["key"] != question]}
        for section in DEFINITION["sections"]
    ]
    return definition(sections=sections)


@pytest.fixture
def loaded(at):
    """Version 1 of the small route, in force."""
    return load(mandate=MANDATE, routes=(definition(),), by=None, at=at)[0].version


@pytest.fixture
def own_copy(tmp_path):
    """The shipped configuration, free to be spoiled."""
    return Path(shutil.copytree(SHIPPED / "2026-2032", tmp_path / "2026-2032"))


def test_what_marelle_ships_loads_and_is_whole(capsys):
    call_command("load_programme")
    assert [v.route.key for v in RouteVersion.objects.order_by("route__key")] == [
        "territoires-denfance",
        "ville-amie-des-enfants",
    ]
    titled = RouteVersion.objects.get(route__kind="titled").definition
    assert 40 <= len(titled.questions) <= 55
    assert {q.engagement for q in titled.questions.values()} >= {e.key for e in titled.engagements}
    assert all(q.why and q.who for q in titled.questions.values())
    assert {q.kind.value for q in titled.questions.values()} == {
        "short_text", "long_text", "number", "yes_no", "choice", "choices", "date",
    }  # fmt: skip
    assert "Marelle" in titled.source
    assert titled.deadlines.file_due_at.isoformat() == "2027-02-28T18:00:00+01:00"


def test_the_same_content_makes_no_new_version(capsys):
    call_command("load_programme")
    call_command("load_programme")
    assert RouteVersion.objects.count() == 2
    assert "rien n’a changé" in capsys.readouterr().out


def test_checking_changes_nothing(capsys):
    call_command("load_programme", "--check")
    assert not Mandate.objects.exists()
    assert "rien à corriger" in capsys.readouterr().out


def test_a_wrong_folder_loads_nothing_and_says_where_and_why(own_copy):
    file = own_copy / "ville-amie-des-enfants.yaml"
    file.write_text(file.read_text().replace("question: comite-etat,", "question: comite-etats,"))
    with pytest.raises(CommandError) as error:
        call_command("load_programme", str(own_copy))
    assert "ville-amie-des-enfants.yaml:" in str(error.value)
    assert "sections[1].questions[3].only_if.question" in str(error.value)
    assert "comite-etats" in str(error.value)
    assert not Mandate.objects.exists()


def test_files_one_by_one_are_a_configuration_too(own_copy, capsys):
    call_command("load_programme", own_copy / "mandat.yaml", own_copy / "territoires-denfance.yaml")
    assert RouteVersion.objects.get().route.kind == "network"


def test_a_missing_place_is_said(tmp_path):
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("load_programme", tmp_path / "nulle-part")


def test_a_change_is_told_in_words(own_copy, capsys):
    call_command("load_programme", own_copy)
    file = own_copy / "ville-amie-des-enfants.yaml"
    file.write_text(file.read_text().replace("Pourquoi votre collectivité", "Pour quelles raisons votre collectivité"))
    capsys.readouterr()
    call_command("load_programme", own_copy)
    said = capsys.readouterr().out
    assert "version 2" in said
    assert "question · reformulée · Pour quelles raisons" in said


def test_a_route_may_return_to_earlier_words(loaded, at):
    for one in (without("enfants"), definition()):
        load(mandate=MANDATE, routes=(one,), by=None, at=at)
    digests = list(RouteVersion.objects.values_list("digest", flat=True))
    assert len(digests) == 3
    assert digests[0] == digests[2]


@pytest.mark.parametrize("status", Status.values)
def test_only_what_was_never_handed_over_follows(loaded, at, status):
    candidacy = CandidacyFactory(status=status, version=loaded)
    new = load(mandate=MANDATE, routes=(without("enfants"),), by=None, at=at)[0]
    candidacy.refresh_from_db()
    follows = status in {"interested", "draft"}
    assert candidacy.version == (new.version if follows else loaded)
    assert (status in FOLLOWS_NEW_VERSIONS) == follows
    assert Entry.objects.filter(kind="programme.candidacy.version_followed").count() == follows == new.moved


def test_the_leads_of_a_draft_learn_what_changed(loaded, at, commit):
    candidacy = CandidacyFactory(version=loaded)
    lead = lead_of(candidacy.organisation)
    member_of(candidacy.organisation, "contributor")
    with commit():
        load(mandate=MANDATE, routes=(without("enfants"),), by=None, at=at)
    assert [m.to for m in mail.outbox] == [[lead.email]]
    assert "Nombre d’enfants consultés" in mail.outbox[0].body
    assert "retiré" in mail.outbox[0].body


def test_a_change_of_words_outside_the_file_writes_to_nobody(loaded, at, commit):
    lead_of(CandidacyFactory(version=loaded).organisation)
    with commit():
        load(mandate=MANDATE, routes=(definition(summary="Autre résumé."),), by=None, at=at)
    assert mail.outbox == []


def test_what_is_in_force_depends_on_the_day(loaded, at):
    newer = load(mandate=MANDATE, routes=(without("enfants"),), by=None, at=at)[0].version
    assert RouteVersion.objects.in_force("titled", on=at.date()) == newer
    assert RouteVersion.objects.in_force("network", on=at.date()) is None
    assert RouteVersion.objects.in_force("titled", on=MANDATE.starts_on.replace(year=2025)) is None
    assert list(RouteVersion.objects.newest()) == [newer]
