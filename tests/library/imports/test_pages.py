"""From the empty page to the report, and who may not."""

import pytest

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.jobs.models import Job
from marelle.library.actions import imports as actions
from marelle.library.enums import ImportState
from marelle.library.models import Import, Resource
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national

from .files import row, xlsx

pytestmark = pytest.mark.django_db
HERE = "/bibliotheque/import/"


@pytest.fixture
def signed(client, editor, vocabulary):
    client.force_login(editor)
    return client


def test_a_table_is_read_looked_at_then_imported(signed, commit):
    assert "Partir d’un modèle" in signed.get(HERE).content.decode()
    answer = signed.post(HERE, {"kind": "resource", "table": xlsx([row(), row(Référence="B2", Nature="chanson")])})
    made = Import.objects.get()
    assert answer.url == f"{HERE}{made.public_id}/"
    page = signed.get(answer.url).content.decode()
    assert "La carte des cachettes" in page
    assert "ligne 3, colonne Nature" in page
    assert Resource.objects.count() == 0

    with commit():
        answer = signed.post(f"{answer.url}importer/")
    job = Job.objects.get()
    assert job.public_id in answer.url
    made.refresh_from_db()
    assert (made.state, made.counts["new"], made.counts["error"]) == (ImportState.DONE, 1, 1)
    job.refresh_from_db()
    report = job.result.content.read().decode("utf-8-sig")
    assert "nouvelle, en brouillon" in report
    assert "chanson" in report
    done = signed.get(f"{HERE}{made.public_id}/").content.decode()
    assert "1 fiche nouvelle, en brouillon" in done
    again = signed.post(f"{HERE}{made.public_id}/importer/")
    assert (again.status_code, Job.objects.count()) == (200, 1) or again.status_code == 409


def test_the_preview_says_old_new_and_what_is_kept(signed, bring):
    bring()
    text = Resource.objects.get().get_latest_revision_as_object()
    text.title = "Un titre à moi"
    text.save_revision(clean=False)
    answer = signed.post(HERE, {"kind": "resource", "table": xlsx([row(Titre="Autre", Résumé="Un autre résumé.")])})
    page = signed.get(answer.url).content.decode()
    assert "On dessine, puis on sort voir." in page
    assert "Un autre résumé." in page
    assert "modifié à la main depuis l’import du" in page
    assert "1 champ gardé" in page
    assert "Un titre à moi" in page
    assert "Titre" in signed.get(f"{answer.url}apercu.csv").content.decode("utf-8-sig")


def test_what_is_wrong_is_said_on_the_page_and_nothing_is_kept(signed):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answer = signed.post(HERE, {"kind": "resource", "table": SimpleUploadedFile("vide.csv", b"")})
    assert (answer.status_code, Import.objects.count()) == (422, 0)
    assert "Ce fichier est vide" in answer.content.decode()
    assert signed.post(HERE, {"kind": "resource"}).status_code == 422
    answer = signed.post(
        HERE, {"kind": "resource", "table": xlsx([row()]), "archive": SimpleUploadedFile("a.zip", b"rien")}
    )
    assert "archive ZIP est abîmée" in answer.content.decode()


def test_a_table_may_be_forgotten_before_anything_is_made(signed, read):
    made = read()
    assert signed.post(f"{HERE}{made.public_id}/oublier/").url == HERE
    assert not Import.objects.exists()


def test_the_template_is_downloaded(signed):
    assert signed.get(f"{HERE}modele/practice.xlsx")["Content-Disposition"].endswith('modele-pratiques.xlsx"')
    assert signed.get(f"{HERE}modele/autre.xlsx").status_code == 404


@pytest.mark.parametrize("who", ["a town", "somebody", "an adviser"])
def test_only_the_editorial_team_imports(client, read, who):
    made = read()
    person = {
        "a town": lambda: lead_of(CollectiviteFactory()), "somebody": UserFactory,
        "an adviser": lambda: national(Role.ADVISER),
    }[who]()  # fmt: skip
    client.force_login(person)
    for path in ("", "modele/resource.xlsx", f"{made.public_id}/", f"{made.public_id}/apercu.csv"):
        assert client.get(HERE + path).status_code in {403, 404}, path
    for path in (f"{made.public_id}/importer/", f"{made.public_id}/oublier/"):
        assert client.post(HERE + path).status_code in {403, 404}, path
    assert Import.objects.get().state == ImportState.READ


def test_somebody_whose_role_ended_meanwhile_imports_nothing(read, at):
    from marelle.core.rules import Refused

    made = read()
    with pytest.raises(Refused):
        actions.run(imported=made, by=UserFactory(), at=at)
    assert Resource.objects.count() == 0


def test_what_was_read_goes_after_thirty_days(read, at):
    from datetime import timedelta

    read()
    assert actions.forget_old(at=at + timedelta(days=29)) == 0
    assert actions.forget_old(at=at + timedelta(days=31)) == 1
    assert not Import.objects.exists()


def test_the_log_holds_counts_and_no_words(bring):
    bring()
    entries = Entry.objects.filter(kind__startswith="library.").order_by("pk")
    assert [entry.kind for entry in entries] == ["library.import.read", "library.sheet.imported", "library.import.done"]
    assert "cachettes" not in str([entry.details for entry in entries])


def test_the_office_leads_there(client, vocabulary):
    person = national(Role.PUBLISHER)
    client.force_login(person)
    from django.test import RequestFactory

    from marelle.library.wagtail_hooks.menus import bring_sheets

    request = RequestFactory().get("/")
    request.user = person
    assert bring_sheets().url == HERE
