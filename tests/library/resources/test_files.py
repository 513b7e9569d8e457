"""Files have versions, old links work, and only those who write the pages tend them."""

import pytest
from django.core.exceptions import PermissionDenied

from marelle.accounts.enums import Role
from marelle.documents.checks import UploadRefused
from marelle.library.actions import files as actions
from marelle.library.actions import previews
from marelle.library.enums import PreviewState
from marelle.library.models import Download, FileVersion, PagePicture, ResourceFile
from tests.accounts.factories import national
from tests.documents.hostile import pdf_with_javascript
from tests.library.factories import FileVersionFactory, ResourceFactory, ResourceFileFactory, stored

from .conftest import body_of, pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return ResourceFileFactory(resource=ResourceFactory(live=True, title="La carte", slug="la-carte"), label="La fiche")


def put_right(file, by, at, words="Nouvelle", changes="Une faute corrigée"):
    return actions.add_version(file=file, content=upload(pdf(words)), changes=changes, by=by, at=at)


# --- Adding and putting right -------------------------------------------------------------------------------


def test_a_file_comes_with_its_first_version(editor, at, commit):
    resource = ResourceFactory(live=True)
    with commit():
        file = actions.add(resource=resource, content=upload(pdf("Bonjour", "Au revoir")), label="La fiche", by=editor, at=at)  # fmt: skip
    version = file.versions.get()
    assert (version.number, version.pages, version.preview) == (1, 2, PreviewState.DRAWN)
    assert file.position == 0


def test_a_new_version_is_what_people_find_and_the_old_one_keeps_its_address(client, editor, file, at, commit):
    old = file.versions.get()
    with commit():
        put_right(file, editor, at)

    latest = client.get(f"/ressources/fichiers/{file.public_id}/")
    assert b"Nouvelle" in body_of(latest)
    notice = client.get(f"/ressources/versions/{old.public_id}/")
    assert "Une version plus récente existe" in notice.content.decode()
    assert "Une faute corrigée" in notice.content.decode()
    same = client.get(f"/ressources/versions/{old.public_id}/?telle-quelle")
    assert body_of(same) == old.stored.content.read()


def test_the_link_of_the_last_version_gives_the_file_at_once(client, file):
    response = client.get(f"/ressources/versions/{file.versions.get().public_id}/")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="La carte - La fiche.pdf"'
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_browser_that_has_it_already_is_told_so(client, file):
    address = f"/ressources/fichiers/{file.public_id}/"
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fiche.pdf", b"MZ not a pdf"),
        ("fiche.exe", b"MZ"),
        ("fiche.pdf", pdf_with_javascript()),
        ("image.svg", b"<svg/>"),
    ],
)
def test_what_is_hostile_is_refused_in_words_and_nothing_is_kept(signed_in, editor, name, content):
    resource = ResourceFactory()
    page = signed_in(editor).post(
        f"/bibliotheque/ressources/{resource.public_id}/fichiers/",
        {"label": "La fiche", "language": "fr", "variant": "colour", "content": upload(content, name)},
    )
    assert page.status_code == 422
    assert "La fiche" in page.content.decode()  # what was typed stays
    assert not ResourceFile.objects.exists()


def test_a_locked_pdf_is_refused_with_what_to_do(editor, at):
    with pytest.raises(UploadRefused, match="mot de passe"):
        actions.add(resource=ResourceFactory(), content=upload(pdf("x", lock="secret")), label="x", by=editor, at=at)


@pytest.mark.parametrize("role", [Role.ADVISER, Role.EXPERT, Role.SAFEGUARDING])
def test_other_roles_tend_no_file(signed_in, role, file, at):
    person = national(role)
    for verb in (
        lambda: actions.add(resource=file.resource, content=stored(), label="x", by=person, at=at),
        lambda: actions.add_version(file=file, content=stored(), changes="x", by=person, at=at),
        lambda: actions.withdraw(file=file, by=person, at=at),
        lambda: actions.move(file=file, up=True, by=person, at=at),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert signed_in(person).get(f"/bibliotheque/ressources/{file.resource.public_id}/fichiers/").status_code == 403


# --- The editors' page --------------------------------------------------------------------------------------


def test_an_editor_adds_puts_right_renames_orders_withdraws_and_puts_back(signed_in, editor, commit):
    resource = ResourceFactory(live=True)
    office = signed_in(editor)
    page = f"/bibliotheque/ressources/{resource.public_id}/fichiers/"
    for label in ("La fiche", "Les cartes"):
        data = {"label": label, "language": "fr", "variant": "bw", "content": upload()}
        assert office.post(page, data).status_code == 302
    first, second = resource.files.all()

    office.post(f"/bibliotheque/fichiers/{second.public_id}/monter/")
    assert [one.label for one in resource.files.all()] == ["Les cartes", "La fiche"]
    office.post(
        f"/bibliotheque/fichiers/{first.public_id}/version/", {"changes": "Un logo de moins", "content": upload()}
    )
    assert [one.number for one in first.versions.all()] == [2, 1]
    office.post(f"/bibliotheque/fichiers/{first.public_id}/nom/", {"label": "La fiche A4", "language": "fr", "variant": "bw"})  # fmt: skip
    office.post(f"/bibliotheque/fichiers/{first.public_id}/retirer/")
    first.refresh_from_db()
    assert (first.label, first.withdrawn_at is not None) == ("La fiche A4", True)
    assert "Remettre" in office.get(page).content.decode()
    office.post(f"/bibliotheque/fichiers/{first.public_id}/remettre/")
    first.refresh_from_db()
    assert first.withdrawn_at is None


def test_a_new_version_must_say_what_changes(signed_in, editor, file):
    page = signed_in(editor).post(
        f"/bibliotheque/fichiers/{file.public_id}/version/", {"changes": "", "content": upload()}
    )
    assert page.status_code == 422
    assert file.versions.count() == 1


# --- Strangers ----------------------------------------------------------------------------------------------


def test_files_of_a_draft_are_for_the_editorial_team_alone(client, signed_in, editor):
    file = ResourceFileFactory(resource=ResourceFactory(live=False))
    version = file.versions.get()
    picture = PagePicture.objects.create(version=version, page=1, stored=stored(), width=10, height=10)
    addresses = [
        f"/ressources/fichiers/{file.public_id}/",
        f"/ressources/versions/{version.public_id}/",
        f"/ressources/apercus/{picture.public_id}.webp",
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    office = signed_in(editor)
    assert [office.get(address).status_code for address in addresses] == [200, 200, 200]


def test_a_withdrawn_file_says_so_at_its_old_addresses(client, editor, file, at):
    actions.withdraw(file=file, by=editor, at=at)
    for address in (f"fichiers/{file.public_id}", f"versions/{file.versions.get().public_id}"):
        page = client.get(f"/ressources/{address}/")
        assert page.status_code == 410
        assert "Ce fichier a été retiré" in page.content.decode()


# --- Previews -----------------------------------------------------------------------------------------------


def test_the_first_pages_are_seen_before_one_downloads(client, editor, at, commit):
    resource = ResourceFactory(live=True)
    with commit():
        actions.add(resource=resource, content=upload(pdf("Premier", "Deux", "Trois", "Quatre")), label="x", by=editor, at=at)  # fmt: skip
    pictures = list(PagePicture.objects.all())
    assert [(one.page, one.words) for one in pictures] == [(1, "Premier"), (2, "Deux"), (3, "Trois")]
    assert "Page 1\u202f: «\u202fPremier…\u202f»" in client.get(resource.get_absolute_url()).content.decode()
    response = client.get(f"/ressources/apercus/{pictures[0].public_id}.webp")
    assert body_of(response)[8:12] == b"WEBP"


def test_a_page_kept_before_the_first_pages_were_drawn_is_not_kept_after(client, editor, at, keeping):
    resource = ResourceFactory(live=True)
    file = actions.add(resource=resource, content=upload(pdf("Premier")), label="x", by=editor, at=at)
    assert "Page 1" not in client.get(resource.get_absolute_url()).content.decode()
    previews.draw(version=FileVersion.objects.get(file=file), at=at)
    assert "Page 1" in client.get(resource.get_absolute_url()).content.decode()


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing more", pdf("x", lock="secret")])
def test_a_pdf_that_cannot_be_drawn_is_still_downloaded(client, editor, at, commit, content):
    resource = ResourceFactory(live=True)
    with commit():
        file = actions.add(resource=resource, content=stored(content), label="x", by=editor, at=at)
    assert FileVersion.objects.get(file=file).preview == PreviewState.IMPOSSIBLE
    assert "L’aperçu n’a pas pu être fait" in client.get(resource.get_absolute_url()).content.decode()


# --- « Mis à jour depuis votre téléchargement » -------------------------------------------------------------


def test_who_is_signed_in_sees_what_changed_since_their_download(signed_in, teacher, editor, file, at):
    school = signed_in(teacher)
    address = f"/ressources/fichiers/{file.public_id}/"
    school.get(address)
    assert not Download.objects.exists()  # reading writes nothing
    assert school.post(address).url == address
    said = "Mis à jour depuis votre téléchargement"
    assert said not in school.get(file.resource.get_absolute_url()).content.decode()
    FileVersionFactory(file=file)
    assert said in school.get(file.resource.get_absolute_url()).content.decode()
    school.post(address)
    assert Download.objects.get().version.number == 2


def test_without_an_account_nothing_is_remembered_here(client, file):
    client.post(f"/ressources/fichiers/{file.public_id}/")
    client.get(f"/ressources/fichiers/{file.public_id}/")
    assert not Download.objects.exists()
    page = client.get(file.resource.get_absolute_url()).content.decode()
    assert f'data-file="{file.public_id}" data-version="1"' in page
