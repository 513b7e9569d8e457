"""The page of a resource: everything at a glance, and nothing for strangers before it is online."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from marelle.library.actions import downloads, files
from marelle.library.models import Download, Resource, Watch
from marelle.notifications.models import Mail
from tests.library.factories import (
    FileVersionFactory,
    ResourceFactory,
    ResourceFileFactory,
    kit_of,
    stored,
)

pytestmark = pytest.mark.django_db

BODY = [
    ("text", "<p>Pourquoi <b>cette</b> activité.</p>"),
    ("material", ["Un plan du quartier", "Gommettes"]),
    ("steps", [{"title": "Se souvenir", "minutes": 10, "text": "<p>Fermez les yeux.</p>"}, {"title": "Coller", "minutes": 35, "text": "<p>À vous.</p>"}]),
    ("tip", "<p>Commencez dehors.</p>"),
    ("watch", "<p>Aucun enfant n’est obligé de parler.</p>"),
]  # fmt: skip


@pytest.fixture
def resource():
    found = ResourceFactory(
        live=True, title="La carte des cachettes", slug="la-carte-des-cachettes", themes=["loisirs"], articles=[31],
        goals=[11], access=["pictograms"], formats=["pdf"], author="Équipe de démonstration", licence="CC BY-SA 4.0",
    )  # fmt: skip
    found.body = BODY
    found.save()
    return found


def read(client, resource):
    return client.get(resource.get_absolute_url()).content.decode()


def test_anyone_reads_it_whole(client, resource):
    page = read(client, resource)
    for words in (
        "6 à 12 ans", "45\u00a0min à 1\u00a0h", "6 à 30 enfants", "En classe", "Pourquoi <b>cette</b> activité", "Gommettes",
        "Se souvenir", "45 min en tout", "Commencez dehors", "Aucun enfant n’est obligé", "Loisirs", "31. Un droit",
        "PDF à imprimer", "Pictogrammes", "11. Villes et communautés durables", "CC BY-SA 4.0",
    ):  # fmt: skip
        assert words in page, words


def test_another_name_in_the_address_leads_to_the_right_one(client, resource):
    response = client.get(f"/ressources/{resource.public_id}-vieux-titre/")
    assert (response.status_code, response["Location"]) == (301, resource.get_absolute_url())


def test_a_draft_is_not_found(client, signed_in, teacher):
    draft = ResourceFactory(live=False)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert signed_in(teacher).get(draft.get_absolute_url()).status_code == 404


def test_an_editor_sees_the_draft_before_it_is_online(client, signed_in, editor, resource):
    resource.title = "La carte des secrets"
    resource.save_revision(user=editor)
    signed_in(editor)
    response = Resource.objects.get().get_latest_revision_as_object().make_preview_request()
    page = response.content.decode()
    assert "La carte des secrets" in page
    assert "n’est pas encore en ligne" in page
    assert "La carte des secrets" not in read(client, resource)
    assert ContentType.objects.get_for_model(Resource)


def test_it_says_what_is_close_to_it(client, resource):
    near = ResourceFactory(live=True, title="Proche", themes=["loisirs"], articles=[31], age_from=7, age_to=11)
    ResourceFactory(live=True, title="Loin", themes=["sante"])
    ResourceFactory(live=True, title="Trop grands", themes=["loisirs"], age_from=15, age_to=18)
    page = read(client, resource)
    assert near.get_absolute_url() in page
    assert "Loin" not in page
    assert "Trop grands" not in page


def test_a_kit_shows_what_it_holds_in_order_and_each_says_in_which_kit_it_is(client, resource):
    other, draft = ResourceFactory(live=True, title="L’affiche"), ResourceFactory(title="Pas encore")
    kit = kit_of(other, resource, draft, title="Le kit du quartier", live=True)
    page = read(client, kit)
    assert page.index("L’affiche") < page.index("La carte des cachettes")
    assert "Pas encore" not in page
    assert "Le kit du quartier" in read(client, resource)


def test_six_queries_at_most(client, resource, django_assert_max_num_queries):
    kit_of(resource, live=True)
    file = ResourceFileFactory(resource=resource)
    FileVersionFactory(file=file, preview="drawn")
    for _ in range(3):
        ResourceFactory(live=True, themes=["loisirs"], articles=[31])
    read(client, resource)
    with django_assert_max_num_queries(6):
        read(client, resource)


def test_what_is_around_it_is_worked_out_once_until_something_is_done(
    signed_in, teacher, resource, keeping, django_assert_num_queries
):
    school = signed_in(teacher)
    read(school, resource)
    with django_assert_num_queries(6):  # session, person, roles; the log; what they took; whether they watch
        read(school, resource)


def test_it_prints_in_black_and_white_without_what_is_for_screens(client, resource):
    page = read(client, resource)
    assert "data-print" in page
    assert 'class="stack no-print"' in page or "no-print" in page


# --- Being told ---------------------------------------------------------------------------------------------


def test_who_asked_is_told_once_of_what_changes_and_stops_in_one_press(
    client, signed_in, teacher, editor, resource, at, commit, mailoutbox
):
    file = ResourceFileFactory(resource=resource, label="Les cartes")
    school = signed_in(teacher)
    school.post(f"/ressources/{resource.public_id}/prevenir/")
    watch = Watch.objects.get(person=teacher)
    now = timezone.now()
    with commit():
        files.add_version(file=file, content=stored(), changes="Deux cartes de plus", by=editor, at=now)
        files.add_version(file=file, content=stored(), changes="Une faute corrigée", by=editor, at=now)
    assert Mail.objects.count() == 1  # several changes of one morning make one mail
    from marelle.notifications import actions as mails

    mails.send(mail=Mail.objects.get(), at=now)
    (mail,) = mailoutbox
    assert "Une faute corrigée" in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.logout()
    stop = f"/ressources/alertes/{watch.public_id}/arreter/"
    assert stop in mail.body
    assert "Ne plus me prévenir" in client.get(stop).content.decode()
    assert Watch.objects.exists()  # opening the link changes nothing: mail programs open links too
    assert "C’est fait" in client.post(stop).content.decode()
    assert not Watch.objects.exists()
    assert "C’est fait" in client.get(stop).content.decode()


def test_pressing_again_stops(signed_in, teacher, resource):
    school = signed_in(teacher)
    for _ in range(2):
        school.post(f"/ressources/{resource.public_id}/prevenir/")
    assert not Watch.objects.exists()


def test_without_an_account_one_signs_in_first(client, resource):
    response = client.post(f"/ressources/{resource.public_id}/prevenir/")
    assert (response.status_code, "/compte/" in response["Location"]) == (302, True)


def test_downloads_are_forgotten_after_two_years(teacher, at):
    old, new = ResourceFileFactory(), ResourceFileFactory()
    downloads.note_download(version=old.versions.get(), by=teacher, at=at.replace(year=2024, month=10))
    downloads.note_download(version=new.versions.get(), by=teacher, at=at)
    assert downloads.forget_old_downloads(at=at) == 1
    assert Download.objects.get().file == new
