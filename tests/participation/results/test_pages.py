"""Who reads results, and what the pages say."""

import csv
import io
import re
import zipfile

import pytest
from django.urls import reverse

from marelle.ballots.enums import Mode
from marelle.participation.actions import results as actions
from marelle.participation.models import Session, Verbatim
from marelle.participation.queries import counting
from tests.accounts.factories import UserFactory
from tests.participation.factories import ConsultationFactory, open_consultation, session_of

from .conftest import answered, closed, published, words

pytestmark = pytest.mark.django_db


def url(name, thing):
    return reverse(f"participation:{name}", args=[thing.public_id])


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


PUBLIC = ["results", "results_words", "results_children", "results_poster", "results_csv", "results_zip"]


@pytest.mark.parametrize("name", PUBLIC)
def test_anyone_reads_what_is_published(client, shown, name):
    assert client.get(url(name, shown.consultation)).status_code == 200


@pytest.mark.parametrize("name", PUBLIC[1:])
def test_before_that_there_is_nothing(client, town, at, name):
    actions.prepare(consultation=town.consultation, by=town.lead, at=at)
    assert client.get(url(name, town.consultation)).status_code == 404
    client.force_login(town.stranger)
    assert client.get(url(name, town.consultation)).status_code == 404


def test_a_draft_has_no_page_for_a_stranger(client):
    assert client.get(url("results", ConsultationFactory())).status_code == 404


def test_a_visitor_is_told_to_wait(client, town, at):
    actions.prepare(consultation=town.consultation, by=town.lead, at=at)
    answer = client.get(url("results", town.consultation))
    assert "pas encore publiés" in text(answer)
    assert "Préparer" not in text(answer)


def test_its_people_prepare_read_and_publish(client, town):
    client.force_login(town.lead)
    assert "Préparer les résultats" in text(client.get(url("results", town.consultation)))
    answer = client.post(url("results_prepare", town.consultation), follow=True)
    assert "pas encore publiés" in text(answer)
    assert "1 parole d’enfant n’est pas relue" in text(answer)
    assert "Que" in text(answer)
    answer = client.post(url("results_publish", town.consultation), follow=True)
    assert "Les résultats sont publiés" in text(answer)
    client.logout()
    assert client.get(url("results", town.consultation)).status_code == 200


def test_they_put_them_aside(client, town):
    client.force_login(town.lead)
    client.post(url("results_prepare", town.consultation))
    answer = client.post(url("results_drop", town.consultation), follow=True)
    assert "mis de côté" in text(answer)
    assert "Préparer les résultats" in text(answer)


@pytest.mark.parametrize("name", ["results_prepare", "results_drop", "results_publish"])
def test_a_stranger_finds_none_of_these_doors(client, town, name):
    client.force_login(town.stranger)
    assert client.post(url(name, town.consultation)).status_code == 404
    assert client.get(url(name, town.consultation)).status_code == 405


def test_a_refusal_is_shown_with_its_reason_and_keeps_what_was_typed(client, shown):
    client.force_login(shown.lead)
    answer = client.post(url("results_prepare", shown.consultation), {"reason": " "})
    assert answer.status_code == 409
    assert "ce qui est corrigé" in text(answer)
    answer = client.post(url("results_publish", shown.consultation))
    assert "Préparez d’abord" in text(answer)


def test_a_correction_is_announced(client, shown):
    client.force_login(shown.lead)
    client.post(url("results_prepare", shown.consultation), {"reason": "Un mot mal écrit"})
    client.post(url("results_publish", shown.consultation))
    client.logout()
    assert "Un mot mal écrit" in text(client.get(url("results", shown.consultation)))


def test_figures_never_stand_without_what_they_count(client, shown):
    page = text(client.get(url("results", shown.consultation)))
    assert "67 enfants ont répondu" in page
    assert "Des arbres" in page
    assert "67 bulletins = 0 tickets utilisés + 67 feuilles de papier + 0 réponses par un lien ouvert" in page
    assert "Place moyenne" in page


def test_filters_are_links(client, shown):
    page = client.get(url("results", shown.consultation)).content.decode()
    assert "?par=band%3A6-8" in page
    assert "?par=band%3A9-12" in page
    young = text(client.get(url("results", shown.consultation), {"par": "band:6-8"}))
    assert "44 enfants ont répondu" in young


@pytest.mark.parametrize(
    "asked", [{"par": "band:16-18"}, {"par": "x"}, {"lieu": "commune-99999"}, {"par": "gathering:council"}]
)
def test_what_is_not_published_is_not_there(client, shown, asked):
    """Three children at the council: the filter does not exist."""
    assert client.get(url("results", shown.consultation), asked).status_code == 404


@pytest.mark.parametrize("lieu", ["", "station-abc", "nation-", "x", "commune-", "commune-'--", "\x00"])
def test_a_place_that_makes_no_sense_is_the_whole(client, shown, lieu):
    assert client.get(url("results", shown.consultation), {"lieu": lieu}).status_code == 200


def test_a_session_is_no_place_of_the_public_page(client, shown):
    """Its sheet is for its adult alone."""
    address = url("results", shown.consultation)
    lieu = f"station-{shown.classes[0].public_id}"
    assert "44 enfants" not in text(client.get(address, {"lieu": lieu}))
    assert shown.classes[0].public_id not in client.get(url("results_csv", shown.consultation)).content.decode()


def test_a_town_is_searched_without_accents(client, shown):
    name = shown.consultation.territory.name
    page = client.get(url("results", shown.consultation), {"ville": name[:4].upper()})
    assert f"commune-{shown.consultation.territory.code}" in page.content.decode()
    nothing = text(client.get(url("results", shown.consultation), {"ville": "zzz"}))
    assert "Aucun territoire publié" in nothing
    assert "à partir de 200 réponses" in nothing


def test_only_approved_words_are_shown(client, shown):
    for name in ("results", "results_words"):
        page = text(client.get(url(name, shown.consultation)))
        assert "Plus d’arbres pour Léo" in page
        assert "Un mot refusé" not in page
        assert "Un mot à relire" not in page


def test_a_word_taken_back_is_gone(client, shown, at):
    address = url("results", shown.consultation)
    assert "Plus d’arbres" in text(client.get(address))
    from marelle.audit.actions import record

    Verbatim.objects.filter(wording__startswith="Plus").update(
        state="waiting", wording="", moderated_at=None, moderated_by=None
    )
    record("participation.consultation.edited", on=shown.consultation, by=shown.lead, at=at)
    assert "Plus d’arbres" not in text(client.get(address))


def test_words_by_theme_and_question(client, shown):
    words(shown.classes[0], "Un banc", themes=["nature"])
    page = text(client.get(url("results_words", shown.consultation), {"theme": "nature", "question": "quoi"}))
    assert "Un banc" in page
    assert "Plus d’arbres" not in page
    assert client.get(url("results_words", shown.consultation), {"theme": "?", "question": "x"}).status_code == 200


def test_the_page_for_children(client, shown):
    page = text(client.get(url("results_children", shown.consultation)))
    assert "enfants sur 10" in page
    assert "119" in page
    assert "3018" in page
    assert "te répond au plus tard le" in page
    assert " vous " not in page.lower().replace("vous êtes", "").replace("ce que vous avez dit", "")


def test_a_late_answer_is_said_to_be_late(client, shown):
    shown.consultation.answer_due_on = shown.consultation.closes_on
    type(shown.consultation).objects.filter(pk=shown.consultation.pk).update(
        opens_on=None, closes_on=None, answer_due_on="2026-11-01"
    )
    assert "La réponse est en retard" in text(client.get(url("results_children", shown.consultation)))
    assert "En retard" in text(client.get(url("results", shown.consultation)))


def test_nobody_can_be_recognised_among_five(client):
    """Too few for any share: the page says so."""
    consultation = open_consultation()
    answered(session_of(consultation, roll=25, mode=Mode.PAPER), sheets=5, cells={})
    published(closed(consultation))
    page = text(client.get(url("results", consultation)))
    assert "5 enfants ont répondu" in page
    assert client.get(url("results_children", consultation)).status_code == 200
    assert client.get(url("results_poster", consultation)).status_code == 200


# --- A group's sheet ------------------------------------------------------------------------------------------


def test_the_adult_of_a_group_reads_its_sheet_once_published(client, town):
    client.force_login(town.teacher)
    address = url("session_results", town.classes[0])
    assert "une fois les résultats de la consultation publiés" in text(client.get(address))
    assert client.get(url("session_results_pdf", town.classes[0])).url == address
    published(town.consultation)
    page = text(client.get(address))
    assert "22 enfants comptés dans cette feuille" in page
    pdf = client.get(url("session_results_pdf", town.classes[0]))
    assert pdf.content.startswith(b"%PDF")


def test_a_group_too_small_is_told_why(client, shown):
    client.force_login(shown.lead)
    page = text(client.get(url("session_results", shown.few)))
    assert "trop petit" in page
    assert "10 réponses" in page


def test_the_console_of_a_group_leads_to_its_sheet_once_published_and_says_when_before(client, town):
    client.force_login(town.teacher)
    console, sheet = url("session", town.classes[0]), url("session_results", town.classes[0])
    before = text(client.get(console))
    assert "dès que la consultation publie ses résultats" in before
    assert sheet not in before
    published(town.consultation)
    assert f'href="{sheet}"' in client.get(console).content.decode()


@pytest.mark.parametrize("name", ["session_results", "session_results_pdf"])
def test_a_stranger_finds_no_sheet(client, shown, name):
    client.force_login(UserFactory())
    assert client.get(url(name, shown.classes[0])).status_code == 404
    client.logout()
    assert client.get(url(name, shown.classes[0])).status_code == 302
    assert Session.objects.count() == 4


# --- Files ----------------------------------------------------------------------------------------------------


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_open_data_is_tidy_and_says_what_it_is(client, shown):
    answer = client.get(url("results_zip", shown.consultation))
    files = zipfile.ZipFile(io.BytesIO(answer.content))
    assert files.namelist() == ["LISEZMOI.txt", "resultats.csv", "notice.csv"]
    data = files.read("resultats.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    found = rows(data)
    assert {row["portee"] for row in found} <= {"nation", "commune", "departement", "epci"}
    assert all(int(row["effectif"]) % 5 == 0 for row in found if row["effectif"])
    read_me = files.read("LISEZMOI.txt").decode("utf-8-sig")
    assert "Licence Ouverte" in read_me
    assert "67" in read_me
    columns = {row["code"] for row in rows(files.read("notice.csv")) if row["element"] == "colonne"}
    assert columns == set(found[0])


def test_open_data_holds_what_the_page_shows_and_no_formula(client, town, at):
    version = town.consultation.version
    content = version.content
    content["sections"][0]["questions"][2]["choices"][0]["label"]["fr"] = "=HYPERLINK(1)"
    type(version).objects.filter(pk=version.pk).update(content=content, digest="other")
    published(town.consultation)
    found = rows(client.get(url("results_csv", town.consultation)).content)
    assert {row["choix_texte"] for row in found if row["choix"] == "arbres"} == {"'=HYPERLINK(1)"}


def test_the_poster_is_one_page_of_a3(client, shown):
    from pypdf import PdfReader

    content = client.get(url("results_poster", shown.consultation)).content
    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == 1
    assert round(float(pages[0].mediabox.height)) == 1191


# --- Speed ----------------------------------------------------------------------------------------------------


def test_the_page_reads_a_frozen_table(client, shown, django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(counting, "counted", None)  # No page counts anything.
    with django_assert_max_num_queries(6):
        client.get(url("results", shown.consultation))
    with django_assert_max_num_queries(3):
        client.get(url("results", shown.consultation))
    with django_assert_max_num_queries(6):
        client.get(url("results_children", shown.consultation))
