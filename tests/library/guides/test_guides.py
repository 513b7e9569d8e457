"""Guides: chapters, editions frozen with their PDF, old ones readable, and no markup that goes through."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from marelle.accounts.enums import Role
from marelle.core.frozen import digest
from marelle.core.rules import Refused
from marelle.library.actions import guides as actions
from marelle.library.models import Guide, GuideEdition
from marelle.library.queries import guides as queries
from marelle.library.queries.rich_text import said
from tests.accounts.factories import CollectiviteFactory, UserFactory, lead_of, national
from tests.library.factories import AT, GuideFactory


@pytest.fixture
def guide(db):
    return GuideFactory(live=True, title="Tenir un conseil d’enfants", themes=["participation"], articles=[12])


@pytest.fixture
def publisher(db):
    return national(Role.PUBLISHER)


@pytest.fixture
def edition(guide):
    """Without its PDF, which takes a second to set."""
    content = queries.content_of(guide)
    return GuideEdition.objects.create(
        guide=guide, number=1, title=guide.title, content=content, digest=digest(content), published_at=AT
    )


def changed(guide, title="Après la séance"):
    guide.body = [*((one.block_type, one.value) for one in guide.body), ("heading", title)]
    guide.save()
    return guide


def test_each_heading_begins_a_chapter_with_an_anchor_of_its_own(guide):
    text = queries.whole(queries.raw_of(changed(guide, "Avant de commencer")))
    assert [one.anchor for one in text.chapters] == ["avant-de-commencer", "la-premiere-seance", "avant-de-commencer-2"]
    assert text.chapters[1].blocks[0]["parts"][1] == {
        "kind": "ul",
        "items": [
            [{"text": "un tour", "bold": False, "italic": False}],
            [{"text": "deux tours", "bold": False, "italic": False}],
        ],
    }


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Un <b>mot</b></p><script>alert(1)</script>", ["Un ", "mot"]),
        ('<p onclick="x()">Un <img src=x onerror=y>mot</p>', ["Un ", "mot"]),
        ("Un mot nu", ["Un mot nu"]),
        ("<ul><li><p>un</p></li><li>deux</li></ul>", ["un", "deux"]),
        ("<p>#set text(red) $x$ *gras* \\ [lien]</p>", ["#set text(red) $x$ *gras* \\ [lien]"]),
        ("<p>a<br/>b</p>", ["a", "\n", "b"]),
    ],
)
def test_only_words_go_through(html, words):
    parts = said(html, {})
    runs = [run for part in parts for run in (part["runs"] if part["kind"] == "p" else sum(part["items"], []))]
    assert [run["text"] for run in runs] == words


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://exemple.fr/a", "https://exemple.fr/a"),
        ("mailto:a@b.fr", "mailto:a@b.fr"),
        ("/ressources/", "/ressources/"),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("//elsewhere.example", None),
    ],
)
def test_a_link_leads_to_the_web_or_nowhere(href, kept):
    [part] = said(f'<p><a href="{href}">ici</a></p>', {})
    assert part["runs"][0].get("href") == kept


def test_the_page_holds_in_six_queries(client, guide, edition, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        words = client.get(guide.get_absolute_url()).content.decode()
    assert 'id="la-premiere-seance"' in words
    assert 'href="#la-premiere-seance"' in words
    assert "<strong>avec eux</strong>" in words
    assert "Édition 1" in words
    with django_assert_max_num_queries(6):
        assert "Tenir un conseil" in client.get(reverse("library:guides")).content.decode()


def test_a_chapter_alone_between_its_neighbours(client, guide, django_assert_max_num_queries):
    address = reverse("library:guide_chapter", args=[guide.public_id, guide.slug, "la-premiere-seance"])
    with django_assert_max_num_queries(6):
        words = client.get(address).content.decode()
    assert "Écouter d’abord." in words
    assert "Choisir" not in words
    assert 'rel="prev"' in words
    assert 'rel="next"' not in words
    gone = reverse("library:guide_chapter", args=[guide.public_id, guide.slug, "ancien-nom"])
    assert client.get(gone)["Location"] == guide.get_absolute_url()


def test_an_edition_is_frozen_with_its_pdf(client, guide, publisher, at):
    made = actions.publish_edition(guide=guide, by=publisher, at=at)
    words = PdfReader(io.BytesIO(made.pdf.content.read()))
    text = " ".join(page.extract_text() for page in words.pages)
    assert "Sommaire" in text
    assert "La première séance" in text
    assert "deux tours" in text
    assert bool(words.trailer["/Root"]["/MarkInfo"]["/Marked"])
    changed(guide)
    made.refresh_from_db()
    assert "Après la séance" not in str(made.content)
    assert made.digest == digest(made.content)
    assert "a été corrigé depuis" in client.get(guide.get_absolute_url()).content.decode()
    pdf = client.get(reverse("library:guide_edition_pdf", args=[guide.public_id, guide.slug, 1]))
    assert pdf["Content-Type"] == "application/pdf"


def test_an_old_edition_stays_at_its_address_and_says_so(client, guide, edition, publisher, at):
    with pytest.raises(Refused, match="Rien n’a changé"):
        actions.publish_edition(guide=guide, by=publisher, at=at)
    changed(guide)
    with pytest.raises(Refused, match="ce qui change"):
        actions.publish_edition(guide=guide, by=publisher, at=at)
    assert actions.publish_edition(guide=guide, changes="Un chapitre de plus.", by=publisher, at=at).number == 2
    words = client.get(edition.get_absolute_url()).content.decode()
    assert "Il existe une édition plus récente" in words
    assert "Après la séance" not in words
    Guide.objects.filter(pk=guide.pk).update(live=False)
    assert "n’est plus publié" in client.get(edition.get_absolute_url()).content.decode()
    assert client.get(guide.get_absolute_url()).status_code == 404


def test_who_freezes_an_edition(client, guide, edition, publisher, at):
    for person in (national(Role.EDITOR), national(Role.ADVISER), lead_of(CollectiviteFactory())):
        with pytest.raises(PermissionDenied):
            actions.publish_edition(guide=guide, by=person, at=at)
    address = reverse("library:guide_publish_edition", args=[guide.public_id])
    for person, status in ((UserFactory(), 404), (national(Role.EDITOR), 200), (publisher, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status
    assert client.post(address, {"changes": "Rien."}).status_code == 409
    draft = GuideFactory()
    with pytest.raises(Refused, match="Publiez d’abord"):
        actions.publish_edition(guide=draft, by=publisher, at=at)


def test_a_draft_is_not_found(client, db):
    guide = GuideFactory()
    assert client.get(guide.get_absolute_url()).status_code == 404
