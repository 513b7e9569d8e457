"""A kit taken away in one go: readable names, in order, only what is public."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marelle.audit.models import Entry
from marelle.library.actions import kits as actions
from marelle.library.models import KitArchive
from marelle.library.queries.kits import fit
from tests.library.factories import FileVersionFactory, ResourceFactory, ResourceFileFactory, kit_of, stored

from .conftest import body_of, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def kit(at):
    map_, poster, draft = (
        ResourceFactory(live=True, title="La carte : où jouer ?"),
        ResourceFactory(live=True, title="L’affiche"),
        ResourceFactory(title="Brouillon"),
    )
    found = kit_of(map_, poster, draft, live=True, title="Le kit du quartier", author="Équipe", licence="CC BY-SA 4.0")
    ResourceFileFactory(resource=found, label="Le mode d’emploi", content=b"%PDF-mode")
    sheet = ResourceFileFactory(resource=map_, label="La fiche", content=b"%PDF-fiche-1")
    FileVersionFactory(file=sheet, stored=stored(b"%PDF-fiche-2"))
    ResourceFileFactory(resource=map_, label="La fiche", variant="bw", content=b"%PDF-bw")
    ResourceFileFactory(resource=map_, label="Retirée", content=b"%PDF-non", withdrawn_at=at)
    ResourceFileFactory(resource=draft, label="Secret", content=b"%PDF-non")
    return found


def test_the_archive_is_in_order_under_names_that_people_read(client, kit):
    response = client.get(f"/ressources/kits/{kit.public_id}/kit.zip")
    inside = opened(response)
    assert response["Content-Disposition"] == 'attachment; filename="Le kit du quartier.zip"'
    assert list(inside) == [
        "LISEZ-MOI.txt",
        "01 - Le mode d'emploi.pdf",
        "01 - La carte où jouer/01 - La fiche.pdf",
        "01 - La carte où jouer/02 - La fiche (noir et blanc).pdf",
    ]
    assert inside["01 - La carte où jouer/01 - La fiche.pdf"] == b"%PDF-fiche-2"


def test_the_readme_says_what_and_where(client, kit):
    words = opened(client.get(f"/ressources/kits/{kit.public_id}/kit.zip"))["LISEZ-MOI.txt"].decode("utf-8-sig")
    assert words.index("01 - La carte") < words.index("02 - L’affiche")
    assert "sans fichier" in words
    assert "CC BY-SA 4.0" in words
    assert kit.get_absolute_url() in words
    assert "Brouillon" not in words


def test_a_large_kit_is_prepared_once_for_everybody(client, kit, settings, commit):
    settings.KIT_STREAMED_MAX_BYTES = 3
    page, prepare = f"/ressources/kits/{kit.public_id}/", f"/ressources/kits/{kit.public_id}/preparer/"
    assert client.get(page + "kit.zip").url == page
    assert "une fois pour tout le monde" in client.get(page).content.decode()
    with commit():
        client.post(prepare)
        client.post(prepare)
    assert KitArchive.objects.count() == Entry.objects.filter(kind="library.kit.prepared").count() == 1
    assert "Télécharger l’archive ZIP" in client.get(page).content.decode()
    assert len(opened(client.get(page + "kit.zip"))) == 4


def test_while_it_is_prepared_the_page_says_so(client, kit, settings):
    settings.KIT_STREAMED_MAX_BYTES = 3
    client.post(f"/ressources/kits/{kit.public_id}/preparer/")  # its task waits for the commit
    assert "L’archive se prépare" in client.get(f"/ressources/kits/{kit.public_id}/").content.decode()


def test_what_changes_in_the_kit_makes_another_archive_and_the_old_one_goes(client, kit, settings, commit, at):
    settings.KIT_STREAMED_MAX_BYTES = 3
    prepare = f"/ressources/kits/{kit.public_id}/preparer/"
    with commit():
        client.post(prepare)
    kit.items.first().delete()
    assert client.get(f"/ressources/kits/{kit.public_id}/kit.zip").status_code == 302
    with commit():
        client.post(prepare)
    assert KitArchive.objects.count() == 2
    assert actions.drop_old_archives(at=at) == 1
    assert actions.drop_old_archives(at=at + timedelta(days=40)) == 1


def test_a_small_kit_is_never_prepared(client, kit):
    client.post(f"/ressources/kits/{kit.public_id}/preparer/")
    assert not KitArchive.objects.exists()


def test_a_kit_without_files_says_so(client):
    kit = kit_of(ResourceFactory(live=True), live=True)
    assert client.get(f"/ressources/kits/{kit.public_id}/kit.zip").status_code == 302
    assert "n’a pas encore de fichier" in client.get(f"/ressources/kits/{kit.public_id}/").content.decode()


def test_only_a_kit_that_is_online_is_taken_away(client):
    for one in (kit_of(live=False), ResourceFactory(live=True)):
        for page in ("", "kit.zip"):
            assert client.get(f"/ressources/kits/{one.public_id}/{page}").status_code == 404


@given(st.text(max_size=120))
def test_any_title_makes_a_name_that_every_system_takes(title):
    name = fit(title)
    assert 0 < len(name) <= 60
    assert not set(name) & set('<>:"/\\|?*\x00')
    assert name == name.strip(" .")


def test_a_prepared_archive_is_served_whole(client, kit, settings, commit):
    settings.KIT_STREAMED_MAX_BYTES = 3
    with commit():
        client.post(f"/ressources/kits/{kit.public_id}/preparer/")
    assert body_of(client.get(f"/ressources/kits/{kit.public_id}/kit.zip"))[:2] == b"PK"
