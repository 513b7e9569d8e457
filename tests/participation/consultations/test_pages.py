"""The pages of consultations: anyone's, and those of the people who prepare them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marelle.accounts.enums import Role
from marelle.participation.actions import consultations as actions
from marelle.participation.enums import ConsultationState, Duty
from marelle.participation.models import Consultation
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, member_of
from tests.participation.factories import ConsultationFactory, open_consultation, session_of

pytestmark = pytest.mark.django_db


def page(name, consultation=None, **query):
    args = [consultation.public_id] if consultation else []
    return reverse(f"participation:{name}", args=args)


@pytest.fixture
def draft():
    return ConsultationFactory()


@pytest.fixture
def author(client, draft):
    client.force_login(draft.created_by)
    return draft.created_by


# --- What anyone reads ---------------------------------------------------------------------------------------


def test_anyone_reads_what_is_open_and_nobody_else_s_draft(client, draft):
    opened = open_consultation(title="Aller à l’école à pied")
    listed = client.get(page("consultations")).content.decode()
    assert "Aller à l’école à pied" in listed
    assert draft.title not in listed
    assert client.get(page("consultation", opened)).status_code == 200
    assert client.get(page("consultation", draft)).status_code == 404


def test_a_late_answer_is_said_to_everyone(client):
    late = open_consultation(answerer="Nadia Lefèvre, maire")
    Consultation.objects.filter(pk=late.pk).update(
        opens_on=date(2026, 9, 1), closes_on=date(2026, 10, 1), answer_due_on=date(2026, 11, 1)
    )
    assert "l’attendent encore" in client.get(page("consultation", late)).content.decode()
    assert late.title in client.get(page("consultations") + "?etat=retard").content.decode()


def test_the_list_asks_the_same_number_of_questions_of_the_database_however_long(client, django_assert_max_num_queries):
    for _ in range(3):
        open_consultation()
    client.get(page("consultations"))
    with django_assert_max_num_queries(6):
        client.get(page("consultations"))
    for _ in range(6):
        open_consultation()
    with django_assert_max_num_queries(6):
        assert client.get(page("consultations")).status_code == 200


def test_a_search_finds_by_title_or_by_town(client):
    one, other = open_consultation(title="La cantine"), open_consultation(title="Les jeux")
    found = client.get(page("consultations") + "?q=" + one.territory.name).content.decode()
    assert "La cantine" in found
    assert "Les jeux" not in found
    assert client.get(page("consultations") + "?q=zzz").status_code == 200
    assert other.title


# --- Preparing -----------------------------------------------------------------------------------------------


def test_a_person_of_the_town_begins_one(client):
    town = CollectiviteFactory()
    client.force_login(lead_of(town))
    answer = client.post(page("consultation_new"), {"title": "Ma cour", "why": "Pour savoir."})
    made = Consultation.objects.get()
    assert answer.status_code == 302
    assert made.title == "Ma cour"
    assert client.get(answer.url).status_code == 200


def test_without_a_title_the_page_says_so_and_keeps_the_rest(client):
    client.force_login(lead_of(CollectiviteFactory()))
    answer = client.post(page("consultation_new"), {"title": "", "why": "Pour savoir."})
    assert answer.status_code == 422
    assert "Pour savoir." in answer.content.decode()


def test_whoever_prepares_nothing_has_no_such_page(client):
    client.force_login(UserFactory())
    assert client.get(page("consultation_new")).status_code == 403


def test_the_checklist_says_what_is_missing_and_opens_when_nothing_is(client, author, draft):
    Consultation.objects.filter(pk=draft.pk).update(answerer="")
    text = client.get(page("consultation", draft)).content.decode()
    assert "Dites qui répondra aux enfants." in text
    assert client.post(page("consultation_open", draft)).status_code == 200  # Refused, with the reason.
    Consultation.objects.filter(pk=draft.pk).update(answerer="La maire")
    assert client.post(page("consultation_open", draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.state == ConsultationState.OPEN


def test_facts_are_saved_half_written_and_days_out_of_order_are_refused(client, author, draft):
    facts = {"title": "T", "why": "W", "answerer": "", "closes_on": "", "answer_due_on": "", "opens_on": "", "age_bands": ["6-8"], "languages": ["fr"], "cell_threshold": "5"}  # fmt: skip
    assert client.post(page("consultation_edit", draft), facts).status_code == 302
    wrong = facts | {"closes_on": "2026-12-18", "answer_due_on": "2026-12-01"}
    answer = client.post(page("consultation_edit", draft), wrong)
    assert answer.status_code == 422
    assert "avant la fin de la consultation" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.title, draft.closes_on) == ("T", None)


def test_a_closed_consultation_is_answered_and_the_answer_is_public(client, author, draft):
    actions.open(consultation=draft, by=author, at=timezone.now())
    text = {"text": "Nous plantons dix arbres.", "answered_by": "La maire", "sure": "on"}
    assert "fermez la consultation" in client.get(page("consultation_answer", draft)).content.decode()
    assert client.post(page("consultation_close", draft)).status_code == 302
    assert client.post(page("consultation_answer", draft), text | {"sure": ""}).status_code == 422
    assert client.post(page("consultation_answer", draft), text).status_code == 302
    client.logout()
    assert "Nous plantons dix arbres." in client.get(page("consultation", draft)).content.decode()


def test_more_time_may_be_given_but_never_beyond_the_promise(client, author, draft, at):
    actions.open(consultation=draft, by=author, at=at)
    url = page("consultation_adjust", draft)
    assert client.post(url, {"closes_on": "2027-01-15", "answerer": "La maire"}).status_code == 302
    assert client.post(url, {"closes_on": "2027-03-01", "answerer": "La maire"}).status_code == 422
    draft.refresh_from_db()
    assert draft.closes_on == date(2027, 1, 15)


def test_progress_counts_and_never_tells(client, author, draft, at):
    opened = actions.open(consultation=draft, by=author, at=at)
    session_of(opened)
    text = client.get(page("consultation", draft)).content.decode()
    assert "séances ouvertes en tout" in text


def test_anyone_who_prepares_copies_what_they_may_read(client):
    source = open_consultation(title="La cantine")
    town = CollectiviteFactory()
    client.force_login(lead_of(town))
    assert client.get(page("consultation_duplicate", source)).status_code == 200
    assert client.post(page("consultation_duplicate", source)).status_code == 302
    copy = Consultation.objects.get(organisation=town)
    assert copy.state == ConsultationState.DRAFT
    assert copy.draft["sections"] == source.draft["sections"]
    assert copy.answer_due_on is None


# --- People --------------------------------------------------------------------------------------------------


def test_a_person_of_the_organisation_is_named_and_another_is_not(client, author, draft):
    colleague = member_of(draft.organisation, Role.CONTRIBUTOR)
    url = page("consultation_stewards", draft)
    assert client.post(url, {"email": colleague.email.upper(), "duty": "moderator"}).status_code == 302
    assert draft.stewards.filter(user=colleague, duty=Duty.MODERATOR).exists()
    answer = client.post(url, {"email": UserFactory().email, "duty": "moderator"})
    assert answer.status_code == 422
    assert "Invitez d’abord" in answer.content.decode()


def test_the_last_author_stays(client, author, draft):
    url = reverse("participation:consultation_thank", args=[draft.public_id, author.public_id, "author"])
    assert "Nommez d’abord" in client.post(url).content.decode()
    assert draft.stewards.filter(user=author, duty=Duty.AUTHOR).exists()


# --- Strangers -----------------------------------------------------------------------------------------------

TENDED = ["edit", "open", "adjust", "close", "answer", "cancel", "stewards"]


@pytest.mark.parametrize("door", TENDED)
def test_a_stranger_finds_no_such_page(client, draft, door):
    client.force_login(lead_of(CollectiviteFactory()))
    url = page(f"consultation_{door}", draft)
    assert {client.get(url).status_code, client.post(url, {}).status_code} <= {404, 405}


@pytest.mark.parametrize("door", TENDED)
def test_whoever_only_signs_for_the_town_changes_nothing(client, draft, door):
    client.force_login(member_of(draft.organisation, Role.SIGNATORY))
    url = page(f"consultation_{door}", draft)
    assert client.post(url, {"closes_on": "2026-12-20", "answerer": "x"}).status_code == 403
    draft.refresh_from_db()
    assert draft.state == ConsultationState.DRAFT


def test_it_closes_itself_after_its_last_day_and_says_so(commit, mailoutbox, at):
    opened = open_consultation()
    later = at + timedelta(days=40)
    with commit():
        assert actions.close_ended(at=later) == 1
    assert actions.close_ended(at=later) == 0
    opened.refresh_from_db()
    assert opened.state == ConsultationState.CLOSED
    assert timezone.localdate(opened.closed_at) == timezone.localdate(later)
    assert [mail.to for mail in mailoutbox] == [[opened.created_by.email]]


def test_a_search_that_holds_a_nul_finds_nothing_and_breaks_nothing(client, db):
    assert client.get(reverse("participation:consultations"), {"q": "cour\0"}).status_code == 200
