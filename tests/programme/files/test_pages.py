"""The pages of the file, as its writers, its readers and strangers meet them."""

import pytest
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.programme.actions import answers
from marelle.programme.actions.answers import Typed
from marelle.programme.enums import Status
from marelle.programme.models import Answer, UnmergedText
from tests.accounts.factories import UserFactory, lead_of, national, of_delegation
from tests.territories.factories import DepartementFactory

PAGES = ["file", "file_section", "file_documents", "file_check", "file_print", "file_pdf"]


def door(name, candidacy):
    return reverse(
        f"programme:{name}", args=[candidacy.public_id, *(["collectivite"] if name == "file_section" else [])]
    )


@pytest.fixture
def section(candidacy):
    return door("file_section", candidacy)


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


def text_of(response):
    return response.content.decode().replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_to_the_collectivite_and_the_national_team(client, candidacy, lead, page):
    for person in (lead, national(Role.ADVISER)):
        client.force_login(person)
        assert client.get(door(page, candidacy)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_strangers_volunteers_and_the_delegation_next_door_find_nothing(client, candidacy, page):
    near, far = DepartementFactory(), DepartementFactory()
    candidacy.territory.departement = near
    candidacy.territory.save()
    volunteer = of_delegation(Role.VOLUNTEER, covers=[near])
    for person in (
        UserFactory(),
        lead_of(CandidacyOf("Ailleurs").organisation),
        volunteer,
        of_delegation(Role.HEAD, covers=[far]),
    ):
        client.force_login(person)
        assert client.get(door(page, candidacy)).status_code == 404
    client.force_login(of_delegation(Role.HEAD, covers=[near]))
    assert client.get(door(page, candidacy)).status_code == 200
    candidacy.status = Status.FILED
    candidacy.save()
    client.force_login(volunteer)
    assert client.get(door(page, candidacy)).status_code == 200


def CandidacyOf(name):
    from tests.programme.factories import CandidacyFactory

    return CandidacyFactory(organisation__territory__name=name)


@pytest.mark.parametrize("page", PAGES)
def test_without_signing_in_one_is_asked_to(client, candidacy, page):
    assert client.get(door(page, candidacy)).status_code == 302


def test_saving_never_looks_like_submitting(as_lead, candidacy, section):
    page = text_of(as_lead.get(section))
    assert "Brouillon</strong> · non déposé · dépôt possible jusqu’au 28 février 2027 à 18 h" in page
    assert "Enregistrer et continuer" in page
    assert "Déposer le dossier" not in page


def test_a_plain_post_saves_and_goes_on_to_the_next_section(as_lead, candidacy, section):
    response = as_lead.post(
        section, {"q-motivation": "Parce que.", "r-motivation": "0", "q-enfants": "1 200", "r-enfants": "0"}
    )
    assert response["Location"].endswith("/sections/ecouter/")
    assert dict(Answer.objects.values_list("question", "value")) == {"motivation": "Parce que.", "enfants": 1200}
    assert "Rien n’est déposé" in text_of(as_lead.get(response["Location"]))
    again = text_of(as_lead.get(section))
    assert ">\nParce que.</textarea>" in again
    assert "par vous" in again


def test_what_cannot_be_read_blocks_nothing_and_is_shown_again(as_lead, candidacy, section):
    response = as_lead.post(
        section, {"q-motivation": "Parce que.", "r-motivation": "0", "q-enfants": "deux cents", "r-enfants": "0"}
    )
    assert response["Location"].endswith("#q-enfants")
    page = text_of(as_lead.get(section))
    assert 'value="deux cents"' in page
    assert "Écrivez un nombre, par exemple 200. Votre texte est conservé." in page
    assert Answer.objects.get(question="motivation").value == "Parce que."
    check = text_of(as_lead.get(door("file_check", candidacy)))
    assert "Écrivez un nombre, par exemple 200." in check
    assert f'href="{section}#q-enfants"' in check


def test_a_conditional_question_opens_with_its_answer(as_lead, candidacy):
    page = reverse("programme:file_section", args=[candidacy.public_id, "ecouter"])
    assert 'data-wanted="oui" hidden' in text_of(as_lead.get(page))
    response = as_lead.post(page, {"q-conseil": "oui", "r-conseil": "0", "q-conseil-role": "", "r-conseil-role": "0"})
    assert response["Location"].endswith("#q-conseil-role")
    assert 'data-wanted="oui" hidden' not in text_of(as_lead.get(page))


def test_a_stale_page_keeps_both_texts_and_offers_three_choices(client, candidacy, lead, colleague, section, write):
    write(by=colleague, motivation="Celui de Marc.")
    client.force_login(lead)
    response = client.post(section, {"q-motivation": "Celui d’Inès.", "r-motivation": "0"})
    assert response["Location"].endswith("#q-motivation")
    page = text_of(client.get(section))
    assert ">\nCelui de Marc.</textarea>" in page
    assert "Celui d’Inès." in page
    assert "Marc B. a changé cette réponse" in page
    for choice in ("theirs", "mine", "merged"):
        assert f'value="{choice}:motivation"' in page


@pytest.mark.parametrize(
    ("choice", "field", "base", "stands"),
    [
        ("theirs", "Celui de Marc.", 1, "Celui de Marc."),
        ("mine", "Celui de Marc.", 1, "Celui d’Inès."),
        ("merged", "Celui de Marc et celui d’Inès.", 1, "Celui de Marc et celui d’Inès."),
        # With the script the field still holds my own words, newer than those kept apart.
        ("theirs", "Celui d’Inès, suite.", 0, "Celui de Marc."),
        ("mine", "Celui d’Inès, suite.", 0, "Celui d’Inès, suite."),
        ("merged", "Les deux.", 0, "Les deux."),
    ],
)
def test_each_choice_settles_the_two_texts(
    client, candidacy, lead, colleague, section, write, choice, field, base, stands
):
    write(by=colleague, motivation="Celui de Marc.")
    client.force_login(lead)
    client.post(section, {"q-motivation": "Celui d’Inès.", "r-motivation": "0"})
    client.post(
        section, {"q-motivation": field, "r-motivation": base, "m-motivation": "1", "do": f"{choice}:motivation"}
    )
    assert Answer.objects.get().value == stands
    assert not UnmergedText.objects.exists()


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Celui d’Inès."), ("merged", "Les deux.")])
def test_a_choice_made_on_an_older_version_is_asked_again(
    client, candidacy, lead, colleague, section, write, choice, kept
):
    write(by=colleague, motivation="Celui de Marc.")
    client.force_login(lead)
    client.post(section, {"q-motivation": "Celui d’Inès.", "r-motivation": "0"})
    write(by=colleague, motivation="Celui de Marc, revu.")
    field = "Les deux." if choice == "merged" else "Celui de Marc."
    client.post(
        section, {"q-motivation": field, "r-motivation": "1", "m-motivation": "1", "do": f"{choice}:motivation"}
    )
    assert Answer.objects.get().value == "Celui de Marc, revu."
    assert UnmergedText.objects.get().value == kept


def test_autosave_answers_with_the_state_of_the_question(as_lead, candidacy):
    url = reverse("programme:file_answer", args=[candidacy.public_id, "motivation"])
    said = as_lead.post(url, {"q-motivation": "Parce que.", "r-motivation": "0"}).json()
    assert (said["outcome"], said["revision"], said["problem"]) == ("saved", 1, "")
    assert "Enregistré à" in said["state"]
    assert "1 / 2" in said["index"]
    kept = as_lead.post(url, {"q-motivation": "Autre chose.", "r-motivation": "0"}).json()
    assert kept["outcome"] == "kept_apart"
    assert "Mettre la mienne" in kept["state"]


def test_autosave_of_an_unreadable_value_says_so_and_keeps_it(as_lead, candidacy):
    url = reverse("programme:file_answer", args=[candidacy.public_id, "enfants"])
    said = as_lead.post(url, {"q-enfants": "deux cents", "r-enfants": "0"}).json()
    assert said["outcome"] == "saved"
    assert said["problem"].startswith("Écrivez un nombre")


def test_a_colleague_writing_in_the_section_is_named(client, candidacy, lead, colleague, section):
    from django.utils import timezone

    answers.write(candidacy=candidacy, typed={"enfants": Typed(12, 0)}, by=colleague, at=timezone.now())
    client.force_login(lead)
    assert "<strong>Marc B.</strong> écrit aussi dans cette section." in text_of(client.get(section))
    client.force_login(colleague)
    assert "écrit aussi dans cette section" not in text_of(client.get(section))


def test_versions_are_listed_and_put_back(as_lead, candidacy, write):
    write(motivation="Un.")
    write(motivation="Deux.")
    page = reverse("programme:file_versions", args=[candidacy.public_id, "motivation"])
    assert "Reprendre la version 1" in text_of(as_lead.get(page))
    as_lead.post(page, {"revision": "1"})
    assert Answer.objects.get().value == "Un."
    assert as_lead.post(page, {"revision": "77"}).status_code == 200


def test_versions_are_the_collectivites_own(client, candidacy, write):
    write(motivation="Un.")
    page = reverse("programme:file_versions", args=[candidacy.public_id, "motivation"])
    client.force_login(national(Role.ADVISER))
    assert client.get(page).status_code == 403
    client.force_login(UserFactory())
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"q-motivation": "x" * 100_000, "r-motivation": "0"},
        {"q-motivation": "a\x00b", "r-motivation": "0"},
        {"q-motivation": "sans révision"},
        {"q-motivation": "x", "r-motivation": "-4"},
        {"q-motivation": "x", "r-motivation": "1e9"},
        {"q-motivation": "x", "r-motivation": "9" * 400},
        {"q-inconnue": "x", "r-inconnue": "0"},
        {"q-enfants": ["1", "2"], "r-enfants": ["a", "b"]},
        {"q-motivation": "<script>alert(1)</script>", "r-motivation": "0"},
        {"do": "mine:motivation"},
        {"do": "merged:motivation", "m-motivation": "x"},
        {"do": "take:motivation:zzz"},
        {"do": "share:motivation"},
        {"do": "theirs"},
        {"do": "::::"},
    ],
    ids=str,
)
def test_bad_input_breaks_nothing(as_lead, candidacy, section, posted):
    assert as_lead.post(section, posted).status_code in {200, 302}
    page = as_lead.get(section)
    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()
    for key in ("motivation", "enfants"):
        response = as_lead.post(reverse("programme:file_answer", args=[candidacy.public_id, key]), posted)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/json"


def test_a_hundred_thousand_characters_are_kept_and_said_too_long(as_lead, candidacy, section):
    as_lead.post(section, {"q-motivation": "mot " * 25_000, "r-motivation": "0"})
    page = text_of(as_lead.get(section))
    assert "ramenez-le à 20 000" in page
    assert len(Answer.objects.get().value["raw"]) >= 99_999


def test_an_endless_text_is_given_back_to_its_author(as_lead, candidacy, section):
    response = as_lead.post(
        section, {"q-motivation": "x" * 250_000, "r-motivation": "0", "q-enfants": "3", "r-enfants": "0"}
    )
    assert response.status_code == 200
    assert "n’a pas été enregistré" in text_of(response)
    assert "x" * 250_000 in text_of(response)
    assert Answer.objects.get().value == 3


def test_a_latin_1_body_is_kept_and_flagged(as_lead, candidacy, section):
    body = "q-motivation=caf%E9&r-motivation=0"
    response = as_lead.generic(
        "POST", section, body.encode("latin-1"), content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 302
    assert "Certains caractères n’ont pas pu être lus" in text_of(as_lead.get(section))


def test_unknown_sections_and_questions_are_not_found(as_lead, candidacy):
    for name, key in (("file_section", "nulle-part"), ("file_versions", "motivation"), ("file_versions", "rien")):
        assert as_lead.get(reverse(f"programme:{name}", args=[candidacy.public_id, key])).status_code == 404
    assert as_lead.post(reverse("programme:file_answer", args=[candidacy.public_id, "rien"])).status_code == 404


def test_once_filed_what_is_typed_too_late_is_given_back(as_lead, candidacy, section):
    candidacy.status = Status.FILED
    candidacy.save()
    response = as_lead.post(section, {"q-motivation": "Trop tard.", "r-motivation": "0"})
    assert response.status_code == 200
    assert "Le dossier est déposé" in text_of(response)
    assert "Trop tard." in text_of(response)
    url = reverse("programme:file_answer", args=[candidacy.public_id, "motivation"])
    said = as_lead.post(url, {"q-motivation": "Trop tard.", "r-motivation": "0"})
    assert said.status_code == 409
    assert "déposé" in said.json()["message"]


@pytest.mark.parametrize("page", ["file", "file_section", "file_documents", "file_check", "file_print"])
def test_pages_cost_the_same_however_much_is_written(as_lead, candidacy, write, page, django_assert_max_num_queries):
    as_lead.get(door(page, candidacy))
    with django_assert_max_num_queries(14):
        as_lead.get(door(page, candidacy))
    write(motivation="Un.", enfants=3, conseil=True, conseil_role="Dire.", themes=["ecole"])
    with django_assert_max_num_queries(14):
        as_lead.get(door(page, candidacy))
