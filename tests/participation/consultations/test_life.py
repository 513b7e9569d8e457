"""A consultation is begun, opened, closed, answered."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.participation.actions import consultations as actions
from marelle.participation.definition import questionnaire_of
from marelle.participation.enums import AgeBand, ConsultationState, Duty, Level
from marelle.participation.forms.papers import SheetsForm
from marelle.participation.queries.papers import asked
from marelle.participation.queries.papers import questionnaire as printed
from marelle.participation.queries.readiness import draft_of
from tests.accounts.factories import CollectiviteFactory, lead_of, member_of, national, of_delegation
from tests.participation.factories import QUESTIONNAIRE, ConsultationFactory, open_consultation
from tests.territories.factories import DepartementFactory

pytestmark = pytest.mark.django_db


def test_a_town_begins_its_own(at):
    town = CollectiviteFactory()
    lead = lead_of(town)
    consultation = actions.create(organisation=town, title=" Ma cour ", why="Pour savoir.", by=lead, at=at)
    assert consultation.state == ConsultationState.DRAFT
    assert consultation.title == "Ma cour"
    assert consultation.level == Level.LOCAL
    assert consultation.territory == town.territory
    assert {(one.user, one.duty) for one in consultation.stewards.all()} == {
        (lead, Duty.AUTHOR),
        (lead, Duty.MODERATOR),
    }


def test_the_nation_and_a_departement_begin_theirs(at):
    manager, here = national(), DepartementFactory()
    head = of_delegation(Role.HEAD, covers=[here])
    of_all = actions.create(
        organisation=manager.memberships.get().organisation, title="Santé", why="…", by=manager, at=at
    )
    of_some = actions.create(organisation=head.memberships.get().organisation, title="Bus", why="…", by=head, at=at)
    assert (of_all.level, of_all.territory) == (Level.NATIONAL, None)
    assert (of_some.level, of_some.territory) == (Level.DEPARTMENTAL, here)


def test_whoever_only_signs_begins_none(at):
    town = CollectiviteFactory()
    with pytest.raises(PermissionDenied):
        actions.create(organisation=town, title="T", why="W", by=member_of(town, Role.SIGNATORY), at=at)


def test_opening_freezes_the_questionnaire_and_makes_the_box(at):
    consultation = open_consultation()
    assert consultation.state == ConsultationState.OPEN
    version = consultation.versions.get()
    assert version.number == 1
    assert version.content == QUESTIONNAIRE | {"age_bands": ["6-8", "9-12"]}
    assert consultation.box.paper.age == "age"
    assert set(consultation.box.paper.questions) == {"age", "aime", "manque", "ordre", "seul"}
    assert Entry.objects.filter(kind="participation.consultation.opened").exists()


def ages_of(questionnaire):
    return questionnaire.questions["age"].choice_keys


def test_the_question_of_age_offers_the_ages_of_the_consultation_and_no_other(at):
    draft = ConsultationFactory(age_bands=["13-15", "9-12"])
    assert ages_of(draft_of(draft)) == ages_of(printed(draft)) == ("9-12", "13-15")

    consultation = actions.open(consultation=draft, by=draft.created_by, at=at)
    assert consultation.box.paper.questions["age"].choices == ("9-12", "13-15")
    assert ages_of(consultation.version.questionnaire) == ages_of(printed(consultation)) == ("9-12", "13-15")
    sheets = SheetsForm(asked(printed(consultation)), consultation.box.paper)
    assert [value for value, _ in sheets.fields["age_band"].choices] == ["", "9-12", "13-15"]


def test_a_questionnaire_that_says_no_ages_offers_all(at):
    assert ages_of(questionnaire_of(QUESTIONNAIRE)) == tuple(AgeBand)


def test_what_is_missing_is_said_and_nothing_opens(at):
    consultation = ConsultationFactory(answerer="", draft={"sections": []})
    with pytest.raises(Refused, match="qui répondra aux enfants.*questionnaire"):
        actions.open(consultation=consultation, by=consultation.created_by, at=at)
    assert not consultation.versions.exists()


def test_closing_closes_the_box_and_answering_ends_the_wait(at):
    consultation = open_consultation()
    by = consultation.created_by
    consultation = actions.close(consultation=consultation, by=by, at=at)
    consultation.box.refresh_from_db()
    assert consultation.box.closed_at == at
    assert consultation.is_overdue(date(2027, 2, 1))
    consultation = actions.answer(
        consultation=consultation, text="Nous plantons.", answered_by="La maire", by=by, at=at
    )
    assert consultation.state == ConsultationState.ANSWERED
    assert not consultation.is_overdue(date(2027, 2, 1))
