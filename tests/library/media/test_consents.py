"""A consent comes in, ends, is taken back: what it changes for the child, for pages and for editors."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import Refused
from marelle.documents.models import File
from marelle.library.actions import media as actions
from marelle.library.enums import Kind
from marelle.library.models import ImageConsent, Resource
from marelle.library.queries import media as queries
from marelle.library.rules import media as rules
from marelle.library.signals import shown_or_hidden
from marelle.library.views.consents import SIGNER
from marelle.notifications.models import Mail
from tests.accounts.factories import UserFactory, national
from tests.documents import hostile

from .factories import ConsentFactory, PictureFactory, picture_of_children, points

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def editor():
    return national(Role.EDITOR)


@pytest.fixture
def publisher():
    return national(Role.PUBLISHER)


def paper(name="accord.pdf", content=None):
    return SimpleUploadedFile(name, content or hostile.pdf())


def give(picture, by, at, reference="enfant au bonnet bleu", until=date(2028, 9, 1), **more):
    return actions.give(about=picture, reference=reference, given_on=date(2026, 9, 1), valid_until=until, proof=paper(), by=by, at=at, **more)  # fmt: skip


def test_a_picture_of_two_children_waits_for_two_papers(editor, at):
    picture = picture_of_children(2, agreed=0)
    give(picture, editor, at)
    picture.refresh_from_db()
    assert not rules.can_be_shown(picture, TODAY)
    give(picture, editor, at, reference="Enfant au  bonnet BLEU")  # the same child, signed twice
    picture.refresh_from_db()
    assert not rules.can_be_shown(picture, TODAY)
    give(picture, editor, at, reference="enfant assise", until=date(2027, 6, 30))
    picture.refresh_from_db()
    assert rules.can_be_shown(picture, TODAY)
    assert picture.consented_until == date(2027, 6, 30)
    assert not rules.can_be_shown(picture, date(2027, 7, 1))


@pytest.mark.parametrize(
    ("given_on", "until", "words"),
    [
        (TODAY + timedelta(days=1), date(2027, 9, 1), "dans le futur"),
        (date(2026, 9, 1), date(2026, 8, 1), "après avoir été signé"),
        (date(2025, 9, 1), date(2026, 9, 1), "déjà terminé"),
        (date(2026, 9, 1), date(2040, 9, 1), "cinq ans au plus"),
    ],
)
def test_a_paper_that_is_no_consent_is_refused_in_words(editor, at, given_on, until, words):
    picture = picture_of_children(agreed=0)
    with pytest.raises(Refused, match=words):
        actions.give(about=picture, reference="enfant", given_on=given_on, valid_until=until, proof=paper(), by=editor, at=at)  # fmt: skip
    assert not ImageConsent.objects.exists()


def test_a_picture_of_nobody_needs_none(editor, at):
    with pytest.raises(Refused, match="aucun enfant"):
        give(PictureFactory(), editor, at)


def test_another_file_is_another_picture(editor, at):
    picture = picture_of_children()
    picture.file = ContentFile(points("JPEG"), name="autre.jpg")
    picture.save()
    actions.reckon(about=picture, at=at)
    assert not rules.can_be_shown(picture, TODAY)


def test_a_draft_is_judged_with_the_pictures_it_shows(at):
    sheet = Resource(
        kind=Kind.KIT, title="Un kit", slug="un-kit", summary="…", picture=picture_of_children(2, agreed=1)
    )
    answer = rules.can_publish_media_of(sheet, TODAY)
    assert not answer
    assert "2 enfants" in answer.reason
    assert "manque au moins un accord" in answer.reason
    sheet.picture = picture_of_children()
    assert rules.can_publish_media_of(sheet, TODAY) is True


def test_withdrawn_it_is_hidden_at_once_and_its_editors_are_told_where_it_was(
    editor, publisher, at, commit, mailoutbox
):
    picture = picture_of_children()
    Resource.objects.create(
        kind=Kind.KIT, title="Le kit du quartier", slug="kit", summary="…", picture=picture, live=True
    )
    news = []
    shown_or_hidden.connect(heard := lambda about, **more: news.append(about), weak=False)
    with commit():
        actions.withdraw(consent=picture.consents.get(), by=editor, at=at)
    shown_or_hidden.disconnect(heard)
    picture.refresh_from_db()
    assert not rules.can_be_shown(picture, TODAY)
    assert news == [picture]
    (mail,) = mailoutbox
    assert mail.to == [publisher.email]
    assert "Le kit du quartier" in mail.body
    assert "enfant 0" not in mail.body
    assert Entry.objects.filter(kind="library.consent.withdrawn").get().details == {"by_family": False}


def test_only_the_editorial_team_records_and_withdraws(at):
    from django.core.exceptions import PermissionDenied

    picture = picture_of_children(agreed=1)
    for person in (UserFactory(), national(Role.ADVISER)):
        with pytest.raises(PermissionDenied):
            give(picture, person, at)
        with pytest.raises(PermissionDenied):
            actions.withdraw(consent=picture.consents.get(), by=person, at=at)


def test_its_end_comes_twice_announced_then_it_is_hidden_and_its_paper_forgotten(editor, publisher, at, commit, mailoutbox):  # fmt: skip
    picture = picture_of_children(agreed=0)
    give(picture, editor, at, until=date(2027, 6, 30))
    path = File.objects.get().content.name
    storage = File.objects.get().content.storage

    def on(day):
        with commit():
            return actions.look_after(at=at.replace(year=day.year, month=day.month, day=day.day))

    assert on(date(2027, 4, 1)) == 0
    assert [on(date(2027, 5, 5)), on(date(2027, 5, 6)), on(date(2027, 6, 20)), on(date(2027, 6, 30))] == [1, 0, 1, 0]
    assert len(mailoutbox) == 2
    assert on(date(2027, 7, 1)) == 1
    assert "n’est plus montrée" in mailoutbox[-1].subject
    picture.refresh_from_db()
    assert picture.consented_until is None
    assert not ImageConsent.objects.exists()
    assert not File.objects.exists()
    assert not storage.exists(path)


def test_the_row_of_a_consent_taken_back_goes_with_the_next_night(publisher, at, commit):
    picture = picture_of_children()
    actions.withdraw(consent=picture.consents.get(), by=None, at=at)
    with commit():
        assert actions.look_after(at=at + timedelta(days=1)) == 1
    assert not ImageConsent.objects.exists()
    assert Mail.objects.filter(kind__endswith="media_hidden").count() == 1


class TestThePages:
    def test_an_editor_records_a_paper_and_is_told_what_it_changes(self, client, editor):
        picture = picture_of_children(agreed=0)
        client.force_login(editor)
        url = reverse("library:picture_consents", args=[picture.public_id])
        assert "n’est montrée nulle part" in client.get(url).content.decode()
        sent = {"reference": "enfant de dos", "given_on": "2026-09-01", "valid_until": "2028-09-01", "proof": paper()}
        page = client.post(url, sent, follow=True)
        assert "peut être montrée" in page.content.decode()
        assert picture.consents.get().recorded_by == editor

    def test_a_refused_paper_keeps_what_was_typed(self, client, editor):
        picture = picture_of_children(agreed=0)
        client.force_login(editor)
        sent = {"reference": "enfant de dos", "given_on": "2026-09-01", "valid_until": "2028-09-01", "proof": paper("accord.pdf", hostile.pdf_with_javascript())}  # fmt: skip
        page = client.post(reverse("library:picture_consents", args=[picture.public_id]), sent)
        assert page.status_code == 422
        assert "contient un programme" in page.content.decode()
        assert "enfant de dos" in page.content.decode()
        assert not File.objects.exists()

    def test_strangers_meet_nothing(self, client):
        consent = ConsentFactory()
        client.force_login(national(Role.ADVISER))
        for url in (
            reverse("library:consents"),
            reverse("library:picture_consents", args=[consent.picture.public_id]),
            reverse("library:consent_proof", args=[consent.public_id]),
        ):
            assert client.get(url).status_code == 404
        assert client.post(reverse("library:consent_withdraw", args=[consent.public_id])).status_code == 404

    def test_the_list_puts_first_what_is_hidden_for_the_same_number_of_queries(self, client, editor, django_assert_max_num_queries):  # fmt: skip
        for number in range(3):
            picture_of_children(title=f"En règle {number}")
        picture_of_children(agreed=0, title="À régler")
        client.force_login(editor)
        client.get(reverse("library:consents"))
        with django_assert_max_num_queries(12):
            page = client.get(reverse("library:consents")).content.decode()
        assert page.index("À régler") < page.index("En règle 0")

    def test_a_family_takes_its_yes_back_without_an_account(self, client, publisher, mailoutbox, commit):
        picture = picture_of_children()
        url = reverse("library:consent_family", args=[SIGNER.sign(picture.consents.get().public_id)])
        assert "Retirer mon accord maintenant" in client.get(url).content.decode()
        picture.refresh_from_db()
        assert picture.consented_until  # reading withdraws nothing
        with commit():
            page = client.post(url, follow=True)
        assert "plus montrée" in page.content.decode()
        picture.refresh_from_db()
        assert picture.consented_until is None
        assert len(mailoutbox) == 1
        ImageConsent.objects.all().delete()
        assert "plus montrée" in client.get(url).content.decode()

    def test_a_link_made_up_opens_nothing(self, client):
        consent = ConsentFactory()
        for token in (consent.public_id, f"{consent.public_id}:abc"):
            assert client.get(f"/medias/accords/{token}/").status_code == 404


def test_uses_are_found_in_what_shows_it(at):
    picture = picture_of_children()
    Resource.objects.create(kind=Kind.KIT, title="Brouillon", slug="a", summary="…", picture=picture, live=False)
    Resource.objects.create(kind=Kind.KIT, title="En ligne", slug="b", summary="…", picture=picture, live=True)
    assert [(use.title, use.is_live) for use in queries.uses(picture)] == [("En ligne", True), ("Brouillon", False)]
