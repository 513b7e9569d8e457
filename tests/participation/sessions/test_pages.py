"""The pages of the adult of a group: open in one sitting, follow numbers and never answers, close, keep the account."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from pypdf import PdfReader

from marelle.ballots.actions import casting
from marelle.ballots.enums import Mode, StationState
from marelle.participation.actions import sessions as actions
from marelle.participation.enums import ConsultationState
from marelle.participation.models import Session
from marelle.ui.pictograms import ticket_words
from tests.accounts.factories import UserFactory
from tests.participation.factories import ConsultationFactory, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(at, time_machine):
    time_machine.move_to(at, tick=False)


@pytest.fixture
def visit(client):
    def get(user, name, *args, query=""):
        client.force_login(user)
        return client.get(reverse(f"participation:{name}", args=args) + query)

    return get


@pytest.fixture
def send(client):
    def post(user, name, *args, follow=True, **data):
        client.force_login(user)
        return client.post(reverse(f"participation:{name}", args=args), data, follow=follow)

    return post


def cast(session, how_many, at):
    tickets = list(session.station.tickets.values_list("code", flat=True)[:how_many])
    for number, code in enumerate(tickets):
        sending = f"{session.public_id}-{number:020d}"
        casting.cast(station=session.station, answers={"aime": "5"}, words={}, sending=sending, ticket=code, at=at)
    return tickets


# --- Opening --------------------------------------------------------------------------------------------------


def typed(school, **fields):
    known = {
        "organisation": school.public_id, "title": "CE2 B", "roll": "28", "mode": "tickets", "gathering": "school",
        "age_band": "6-8", "territory": f"{school.territory.name}", "territory_code": school.territory.code,
        "territory_for": school.territory.name, "stays": "today",
    }  # fmt: skip
    return known | fields


def test_a_teacher_opens_a_session_and_meets_its_code(send, consultation, school, teacher):
    page = send(teacher, "session_new", consultation.public_id, **typed(school))
    session = Session.objects.get()
    assert page.redirect_chain == [(reverse("participation:session", args=[session.public_id]), 302)]
    said = page.content.decode()
    assert session.station.code in said
    assert "<svg" in said
    assert "Projeter le code" in said
    assert (session.station.roll, session.station.age_band) == (28, "6-8")


def test_the_form_asks_little_of_who_opens_for_the_first_time(visit, consultation, school, teacher):
    form = visit(teacher, "session_new", consultation.public_id).context["form"]
    assert form.initial["organisation"] == school.public_id
    assert form.initial["territory"] == school.territory
    assert (form.initial["mode"], form.initial["gathering"], form.initial["stays"]) == ("tickets", "school", "today")
    assert [value for value, _label in form.fields["age_band"].choices] == ["", "6-8", "9-12"]
    assert "link" not in dict(form.fields["mode"].choices)


def test_and_nothing_of_who_opened_one_before(visit, consultation, school, teacher):
    session_of(consultation, organisation=school, opened_by=teacher, title="CM2", roll=24, mode=Mode.SHARED)
    initial = visit(teacher, "session_new", consultation.public_id).context["form"].initial
    assert (initial["title"], initial["roll"], initial["mode"]) == ("CM2", 24, "shared")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Donnez un nom au groupe"),
        ({"roll": ""}, "combien d’enfants"),
        ({"roll": "vingt"}, "combien d’enfants"),
        ({"roll": "0"}, "combien d’enfants"),
        ({"territory": "Nulle-Part-sur-Rien", "territory_code": ""}, "Nous ne trouvons pas"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(send, consultation, school, teacher, fields, words):
    page = send(teacher, "session_new", consultation.public_id, **typed(school, **fields))
    assert page.status_code == 422
    said = page.content.decode()
    assert words in said
    assert fields.get("title", "CE2 B") in said
    assert not Session.objects.exists()


def test_a_refusal_is_shown_on_the_page(send, consultation, school, teacher):
    page = send(teacher, "session_new", consultation.public_id, **typed(school, territory="", territory_code=""))
    assert "Indiquez la commune" in page.content.decode()
    assert "CE2 B" in page.content.decode()


def test_somebody_of_nowhere_is_told_whose_it_is(visit, consultation):
    assert visit(UserFactory(), "session_new", consultation.public_id).status_code == 403


def test_a_consultation_in_preparation_is_not_found(visit, teacher):
    assert visit(teacher, "session_new", ConsultationFactory().public_id).status_code == 404


def test_a_closed_consultation_says_so_instead_of_a_form(visit, consultation, teacher):
    consultation.state = ConsultationState.CLOSED
    consultation.save()
    said = visit(teacher, "session_new", consultation.public_id).content.decode()
    assert "terminée" in said
    assert "Nom du groupe" not in said


# --- The console ----------------------------------------------------------------------------------------------


def test_the_console_says_how_many_and_never_what(client, group, teacher, at, django_assert_num_queries):
    cast(group, 9, at)
    client.force_login(teacher)
    with django_assert_num_queries(9):  # one of them: what the group proposed
        page = client.get(reverse("participation:session", args=[group.public_id]))
    said = page.content.decode()
    assert "9<small> / 28</small>" in said
    assert "19 enfants sont encore attendus." in said
    assert "Très bien" not in said
    assert "every 5s" in said


@pytest.mark.parametrize("query", ["", "?mur"])
def test_the_count_is_light_and_stops_when_the_session_closes(
    client, visit, group, teacher, at, query, django_assert_num_queries
):
    cast(group, 3, at)
    client.force_login(teacher)
    with django_assert_num_queries(6):  # the sign-in (2), its memberships, the session, its numbers (2)
        page = client.get(reverse("participation:session_progress", args=[group.public_id]) + query)
    assert page.status_code == 200
    assert "<b>3" in page.content.decode()
    actions.close(session=group, by=teacher, at=at)
    page = visit(teacher, "session_progress", group.public_id, query=query)
    assert page.status_code == 286
    assert "hx-trigger" not in page.content.decode()


def test_wrong_tickets_are_told_and_unlocked(visit, send, group, teacher, at):
    for _ in range(3):
        casting.note_wrong_try(station=group.station, at=at)
    assert "3 tickets faux ont été essayés" in visit(teacher, "session", group.public_id).content.decode()
    for _ in range(27):
        casting.note_wrong_try(station=group.station, at=at)
    said = visit(teacher, "session", group.public_id).content.decode()
    assert "Trop de tickets faux" in said
    assert "Débloquer" in said
    said = send(teacher, "session_unlock", group.public_id).content.decode()
    assert "C’est débloqué" in said
    assert "Trop de tickets faux" not in said


def test_the_wall_shows_the_way_in_and_nothing_to_press(visit, group, teacher):
    said = visit(teacher, "session_project", group.public_id).content.decode()
    assert group.station.code in said
    assert "sur 28 ont répondu" in said
    assert "119" in said
    assert "3018" in said
    assert "<form" not in said
    assert "<nav" not in said


@pytest.mark.parametrize(
    ("mode", "words"),
    [(Mode.TICKETS, "trois dessins"), (Mode.SHARED, "à mon tour"), (Mode.LINK, "Je choisis ma réponse")],
)
def test_the_wall_speaks_of_the_way_this_group_answers(visit, consultation, school, teacher, mode, words):
    session = session_of(consultation, organisation=school, opened_by=teacher, mode=mode)
    assert words in visit(teacher, "session_project", session.public_id).content.decode()


@pytest.mark.parametrize("mode", Mode)
def test_each_mode_has_its_console(visit, consultation, school, teacher, mode):
    session = session_of(consultation, organisation=school, opened_by=teacher, mode=mode)
    said = visit(teacher, "session", session.public_id).content.decode()
    assert ("Projeter le code" in said) is (mode != Mode.PAPER)
    assert ("Imprimer les tickets" in said) is (mode == Mode.TICKETS)
    assert ("Sur papier" in said) is (mode != Mode.LINK)
    assert ("Corriger le nombre" in said) is (mode != Mode.LINK)


# --- Cards ----------------------------------------------------------------------------------------------------


def test_only_tickets_nobody_used_are_printed(visit, group, teacher, at):
    used = cast(group, 5, at)
    answer = visit(teacher, "session_tickets", group.public_id)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    assert len(pages) == 2
    text = "".join(pages)
    assert text.count(group.station.code) == 23 + len(pages)
    left = [" ".join(ticket_words(code)) for code in group.station.tickets.values_list("code", flat=True)]
    flat = " ".join(text.split())
    assert all(words in flat for words in left)
    assert not any(" ".join(ticket_words(code)) in flat for code in used)
    assert "anonymes" in text


def test_a_group_without_tickets_has_no_cards(visit, consultation, school, teacher):
    session = session_of(consultation, organisation=school, opened_by=teacher, mode=Mode.SHARED)
    assert visit(teacher, "session_tickets", session.public_id).status_code == 404


def test_when_everyone_has_answered_the_sheet_of_cards_says_so(visit, consultation, school, teacher, at):
    session = session_of(consultation, organisation=school, opened_by=teacher, roll=2)
    cast(session, 2, at)
    (page,) = PdfReader(io.BytesIO(visit(teacher, "session_tickets", session.public_id).content)).pages
    assert "Plus aucun ticket" in page.extract_text()


def test_lost_tickets_are_made_again(send, group, teacher):
    said = send(teacher, "session_redo_tickets", group.public_id).content.decode()
    assert "28 tickets sont refaits" in said


# --- The roll, closing, reopening -----------------------------------------------------------------------------


def test_the_roll_is_corrected(send, group, teacher):
    said = send(teacher, "session_roll", group.public_id, roll="29").content.decode()
    assert "29 enfants" in said


@pytest.mark.parametrize(("roll", "words"), [("", "combien d’enfants"), ("2", "9 enfants ont déjà répondu")])
def test_a_roll_that_cannot_be_is_refused_and_kept_typed(send, group, teacher, at, roll, words):
    cast(group, 9, at)
    page = send(teacher, "session_roll", group.public_id, roll=roll)
    assert words in page.content.decode()
    assert page.context["roll_form"].data["roll"] == roll
    group.station.refresh_from_db()
    assert group.station.roll == 28


def test_closing_is_asked_once_more_then_done(visit, send, group, teacher, at):
    cast(group, 20, at)
    asked = visit(teacher, "session_close", group.public_id).content.decode()
    assert "20 enfants sur 28 ont répondu." in asked
    assert "8 enfants n’ont pas encore répondu et ne pourront plus commencer." in asked
    said = send(teacher, "session_close", group.public_id).content.decode()
    assert "La séance est fermée" in said
    assert "Le compte est bon" in said
    assert "26\N{NO-BREAK SPACE}novembre 2026" in said  # when the numbers stop
    assert visit(teacher, "session_close", group.public_id).status_code == 302
    again = send(teacher, "session_close", group.public_id).content.decode()
    assert "déjà fermée" in again


def test_a_session_reopens_the_same_day_and_not_the_next(visit, send, group, teacher, at, time_machine):
    actions.close(session=group, by=teacher, at=at)
    assert "rouverte jusqu’à ce soir" in send(teacher, "session_reopen", group.public_id).content.decode()
    actions.close(session=group, by=teacher, at=at)
    time_machine.move_to(at + timedelta(days=1), tick=False)
    assert "se rouvre le jour même" in visit(teacher, "session", group.public_id).content.decode()
    assert "se rouvre le jour même" in send(teacher, "session_reopen", group.public_id).content.decode()
    group.station.refresh_from_db()
    assert group.station.state == StationState.CLOSED


def test_a_settled_session_keeps_its_account(visit, group, teacher, at, time_machine):
    cast(group, 3, at)
    actions.close(session=group, by=teacher, at=at)
    time_machine.move_to(at + timedelta(days=3), tick=False)
    actions.settle_closed(at=at + timedelta(days=3))
    said = visit(teacher, "session", group.public_id).content.decode()
    assert "Les comptes sont arrêtés" in said
    assert "Corriger le nombre" not in said


# --- The list, the export -------------------------------------------------------------------------------------


def test_an_empty_list_says_what_a_session_is(visit, teacher):
    assert "Pas encore de séance" in visit(teacher, "sessions").content.decode()


def test_open_sessions_come_first_and_the_list_stays_light(
    client, consultation, school, teacher, head, at, django_assert_num_queries
):  # fmt: skip
    titles = []
    for number in range(12):
        session = session_of(
            consultation, organisation=school, opened_by=teacher, title=f"Groupe {number:02d}", roll=5,
            at=at + timedelta(minutes=number),
        )  # fmt: skip
        if number > 8:
            actions.close(session=session, by=teacher, at=at + timedelta(minutes=number))
        titles.append(session.title)
    session_of(consultation, title="Celle de la ville")
    client.force_login(head)
    with django_assert_num_queries(7):
        page = client.get(reverse("participation:sessions"))
    shown = [session.title for session, _counts in page.context["rows"]]
    assert shown == [*reversed(titles[:9]), *reversed(titles[9:])]


def test_the_account_of_each_session_as_a_spreadsheet(visit, group, teacher, at):
    group.title = "=2+2"
    group.save()
    cast(group, 4, at)
    answer = visit(teacher, "sessions_csv")
    assert answer["Cache-Control"] == "private, no-store"
    header, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    said = dict(zip(header, row, strict=True))
    assert said["Séance"] == "'=2+2"
    assert (said["Enfants du groupe"], said["Réponses en ligne"], said["Sans réponse"]) == ("28", "4", "24")


# --- Doors ----------------------------------------------------------------------------------------------------

OF_ONE = [
    "session", "session_progress", "session_project", "session_tickets", "session_close", "session_reopen",
    "session_roll", "session_redo_tickets", "session_unlock", "paper_enter",
]  # fmt: skip
ACTS = ["session_close", "session_reopen", "session_roll", "session_redo_tickets", "session_unlock"]


@pytest.mark.parametrize("name", OF_ONE)
def test_a_stranger_finds_no_session(visit, send, group, lead, name):
    for stranger in (lead, UserFactory()):
        assert visit(stranger, name, group.public_id).status_code in {404, 405}
        assert send(stranger, name, group.public_id, roll="5").status_code in {404, 405}
    assert visit(lead, name, "2guess234567").status_code in {404, 405}
    group.station.refresh_from_db()
    assert (group.station.state, group.station.roll) == (StationState.OPEN, 28)


@pytest.mark.parametrize("name", ACTS)
def test_who_left_the_school_reads_and_does_nothing(visit, send, group, teacher, at, name):
    teacher.memberships.update(ends_on=at.date())
    assert visit(teacher, "session", group.public_id).status_code == 200
    assert send(teacher, name, group.public_id, roll="5").status_code == 403


def test_who_left_the_school_no_longer_gets_the_tickets_children_have_not_used(visit, group, teacher, head, at):
    """Each is a voice: whoever holds the sheet could vote in their place."""
    teacher.memberships.update(ends_on=at.date())
    assert visit(teacher, "session_tickets", group.public_id).status_code == 403
    assert visit(head, "session_tickets", group.public_id).status_code == 200
