"""What editors are told: links that lead nowhere, words that shut somebody out, texts to read again, what waits."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from marelle.accounts.actions.people import close
from marelle.accounts.actions.seats import seat
from marelle.accounts.enums import Role
from marelle.library.actions.editorial import publish_what_is_due
from marelle.library.actions.links import check_links
from marelle.library.actions.office import open_the_office
from marelle.library.enums import DeadLinkReason, Kind
from marelle.library.models import DeadLink, Resource
from marelle.library.queries import office as queries
from marelle.library.queries.links import Link, dead_links, why_dead
from marelle.library.queries.remarks import remarks
from tests.accounts.factories import CollectiviteFactory, lead_of, national

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(at):
    open_the_office(at=at)


def of_the_team(role):
    person = national(role)
    seat(user=person)
    return person


def a_resource(*blocks, **fields):
    words = {
        "title": "La carte des cachettes",
        "slug": "carte",
        "summary": "Dessiner son quartier.",
        "kind": Kind.ACTIVITY,
    }
    return Resource(body=list(blocks), **(words | fields))


def text(html):
    return ("text", html)


# --- Links -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("/aide/", None),
        ("/cela-n-existe-pas/", DeadLinkReason.NOT_FOUND),
        ("mailto:ville@marelle.example", None),
        ("#etapes", None),
        ("https://www.ohchr.org/fr/", None),
        ("https://ohchr", DeadLinkReason.BADLY_WRITTEN),
        ("www.ohchr.org", DeadLinkReason.BADLY_WRITTEN),
        ("https://[oups", DeadLinkReason.BADLY_WRITTEN),
        ("javascript:alert(1)", DeadLinkReason.BADLY_WRITTEN),
        ("", DeadLinkReason.EMPTY),
    ],
)
def test_where_a_link_leads(address, reason):
    assert why_dead(Link("", "", address)) == reason


def test_an_address_of_this_site_written_in_full_is_followed_here(settings):
    settings.SITE_URL = "https://marelle.example"
    assert why_dead(Link("", "", "https://marelle.example/aide/")) is None
    assert why_dead(Link("", "", "https://marelle.example/nulle-part/")) == DeadLinkReason.NOT_FOUND


def test_a_page_that_is_offline_or_gone_and_one_that_moved(office):
    root = Page.get_first_root_node()
    page = root.add_child(instance=Page(title="Agenda", slug="agenda-2", live=False))
    assert why_dead(Link("", "", page=page.pk)) == DeadLinkReason.OFFLINE
    page.live = True
    page.save()
    assert why_dead(Link("", "", page=page.pk)) is None
    assert why_dead(Link("", "", page=page.pk + 1000)) == DeadLinkReason.OFFLINE
    Redirect.objects.create(old_path="/vieille-adresse", redirect_link="/aide/")
    assert why_dead(Link("", "", "/vieille-adresse/")) is None


def test_links_are_found_wherever_they_are_written():
    resource = a_resource(
        text('<p>Voir <a href="/nulle-part/">la notice</a>.</p>'),
        ("steps", [{"title": "Un", "text": '<p><a linktype="page" id="999">Le guide</a></p>'}]),
        ("tip", '<p><a href="/aide/">L’aide</a></p>'),
    )
    assert [(link.where, link.words, reason) for link, reason in dead_links(resource)] == [
        ("texte", "la notice", DeadLinkReason.NOT_FOUND),
        ("étapes, déroulement", "Le guide", DeadLinkReason.OFFLINE),
    ]


def test_the_list_is_kept_each_morning_and_when_a_text_is_published(at):
    resource = a_resource(text('<p><a href="/nulle-part/">la notice</a></p>'), live=False)
    resource.save()
    assert check_links(at=at) == 0
    resource.save_revision().publish()
    assert DeadLink.objects.get().words == "la notice"
    assert check_links(at=at + timedelta(days=1)) == 1
    resource.refresh_from_db()
    resource.unpublish()
    assert not DeadLink.objects.exists()


def test_a_link_lives_and_dies_with_the_page_it_names(office):
    """Pages of a site are put online one after the other, and some name those that come after."""
    page = Page.get_first_root_node().add_child(instance=Page(title="La suite", slug="la-suite", live=False))
    resource = a_resource(text(f'<p><a linktype="page" id="{page.pk}">la suite</a></p>'), live=False)
    resource.save()
    resource.save_revision().publish()
    assert DeadLink.objects.get().words == "la suite"
    page.save_revision().publish()
    assert not DeadLink.objects.exists()
    page.refresh_from_db()
    page.unpublish()
    assert DeadLink.objects.get().reason == DeadLinkReason.OFFLINE


# --- Remarks -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p>La fiche est <a href="/aide/">ici</a>.</p>', "ne dit pas où il mène"),
        ('<p><a href="/aide/">Cliquez ici !</a></p>', "ne dit pas où il mène"),
        ('<p><a href="/aide/">https://marelle.example/aide/</a></p>', "montre son adresse"),
        ('<p><a href="/aide/"> </a></p>', "sans mots"),
        ("<p>ATTENTION NE PAS OUBLIER LES CISEAUX</p>", "capitales"),
        ("<p>" + "mot " * 61 + ".</p>", "plus de 60 mots"),
        ("<h2>Un</h2><h4>Deux</h4>", "saute un niveau"),
        ("<h2> </h2>", "intertitre vide"),
    ],
)
def test_what_will_stop_somebody_is_said(html, said):
    assert [line for line in remarks(a_resource(text(html))) if said in line]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Lisez <a href="/aide/">la notice de la carte</a>.</p>',
        "<p>L’ONU et l’UNICEF, le CM2 et le RGPD.</p>",
        "<h2>Un</h2><h3>Deux</h3><h2>Trois</h2>",
    ],
)
def test_nothing_is_said_of_what_is_fine(html):
    assert remarks(a_resource(text(html))) == []


# --- Pages of the back office ------------------------------------------------------------------------------------


@pytest.fixture
def stale_ones(at):
    for title, review_on in (
        ("Vieille", date(2026, 1, 1)),
        ("Bientôt", date(2026, 12, 10)),
        ("Jamais", None),
        ("Loin", date(2028, 1, 1)),
    ):
        a_resource(title=title, slug=title.lower(), review_on=review_on, live=True).save()


def test_what_is_to_be_read_again_comes_first(client, office, stale_ones, django_assert_max_num_queries):
    client.force_login(of_the_team(Role.EDITOR))
    client.get(reverse("library_freshness"))
    with django_assert_max_num_queries(30):
        page = client.get(reverse("library_freshness")).content.decode()
    assert page.index("Vieille") < page.index("Bientôt") < page.index("Jamais")
    assert "Loin" not in page


def test_the_reports_go_out_as_csv(client, office, stale_ones, at):
    a_resource(text('<p><a href="/nulle-part/">la notice</a></p>'), title="Avec un lien", slug="lien", live=True).save()
    check_links(at=at)
    client.force_login(of_the_team(Role.EDITOR))
    stale = b"".join(client.get(reverse("library_freshness") + "?export=csv").streaming_content).decode()
    assert "Vieille" in stale
    dead = b"".join(client.get(reverse("library_dead_links") + "?export=csv").streaming_content).decode()
    assert "la notice" in dead
    assert "/nulle-part/" in dead


def test_the_first_page_says_what_waits(client, office, stale_ones, at):
    editor = of_the_team(Role.EDITOR)
    client.force_login(editor)
    assert "Aucun\u202f: tout ce que vous avez écrit est en ligne." in client.get("/edition/").content.decode()
    draft = a_resource(title="Un brouillon", slug="brouillon", live=False)
    draft.save()
    draft.save_revision(user=editor)
    Resource.objects.filter(pk=draft.pk).update(has_unpublished_changes=True)
    page = client.get("/edition/").content.decode()
    assert "Un brouillon" in page
    assert "1 fiche à relire" in page
    assert "wagtail.org" not in page


def test_a_held_back_publication_waits_on_the_first_page_until_somebody_acts(client, office, at, monkeypatch):
    from marelle.core.rules import NotNow
    from marelle.library import registry

    held = a_resource(live=False)
    held.save()
    held.save_revision(approved_go_live_at=at - timedelta(minutes=5))
    Resource.objects.update(has_unpublished_changes=True)
    with monkeypatch.context() as patched:
        patched.setattr(registry, "_questions", [lambda _text: NotNow("L’accord a été retiré.")])
        publish_what_is_due(at=at)
        client.force_login(of_the_team(Role.EDITOR))
        assert "n’ont pas eu lieu" in client.get("/edition/").content.decode()
        opened = client.get(reverse(Resource.snippet_viewset.get_url_name("edit"), args=[held.pk])).content.decode()
        assert "ne pourra pas être publié" in opened
        assert "L’accord a été retiré." in opened
    held.refresh_from_db()
    held.save_revision().publish()
    assert queries.held_back(at - timedelta(days=30), user=of_the_team(Role.EDITOR)) == []


TYPED = {
    "title": "La carte", "slug": "carte", "summary": "Dessiner.", "kind": "activity", "age_from": "6", "age_to": "12",
    "body-count": "0", "items-TOTAL_FORMS": "0", "items-INITIAL_FORMS": "0", "settings": ["class", "family"],
    "goals": ["4", "11"],
}  # fmt: skip


def test_what_a_rule_forbids_keeps_the_draft_and_tells_why(client, office, monkeypatch):
    from marelle.core.rules import NotNow
    from marelle.library import registry

    monkeypatch.setattr(registry, "_questions", [lambda _text: NotNow("L’accord a été retiré.")])
    client.force_login(of_the_team(Role.PUBLISHER))
    answer = client.post(
        reverse(Resource.snippet_viewset.get_url_name("add")), TYPED | {"action-publish": "1"}, follow=True
    )
    page = answer.content.decode()
    assert "Votre brouillon est enregistré, mais rien n’est publié. L’accord a été retiré." in page
    resource = Resource.objects.get()
    assert (resource.live, resource.title, resource.settings, resource.goals) == (
        False,
        "La carte",
        ["class", "family"],
        [4, 11],
    )


def test_ages_upside_down_are_refused_in_words(client, office):
    client.force_login(of_the_team(Role.EDITOR))
    answer = client.post(
        reverse(Resource.snippet_viewset.get_url_name("add")), TYPED | {"age_from": "12", "age_to": "6"}
    )
    assert "L’âge maximal est inférieur à l’âge minimal." in answer.content.decode()


def test_practices_themes_and_articles_are_only_read(client, office):
    client.force_login(of_the_team(Role.PUBLISHER))
    for name in ("practice", "theme", "article"):
        assert client.get(f"/edition/snippets/library/{name}/").status_code == 200
        assert client.get(f"/edition/snippets/library/{name}/add/").status_code == 302


def test_redirects_are_for_those_who_publish(client, office):
    client.force_login(of_the_team(Role.EDITOR))
    assert client.get("/edition/redirects/").status_code == 302
    client.force_login(of_the_team(Role.PUBLISHER))
    assert client.get("/edition/redirects/").status_code == 200
    answer = client.post(
        "/edition/redirects/add/",
        {"old_path": "/vieux", "is_permanent": "on", "redirect_link": "https://marelle.example/aide/"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert client.get("/vieux/").headers["Location"] == "https://marelle.example/aide/"
    exported = b"".join(client.get("/edition/redirects/?export=csv").streaming_content).decode()
    assert "/vieux" in exported


def test_no_face_is_asked_for(client, office):
    client.force_login(of_the_team(Role.EDITOR))
    page = client.get("/edition/account/").content.decode()
    assert 'type="file"' not in page


def test_a_preview_may_be_framed_by_the_office_alone_and_is_checked(client, office):
    client.force_login(of_the_team(Role.EDITOR))
    resource = a_resource(live=False)
    resource.save()
    url = reverse(Resource.snippet_viewset.get_url_name("preview_on_edit"), args=[resource.pk])
    assert client.post(url, TYPED).json()["is_valid"]
    answer = client.get(url + "?in_preview_panel=true")
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert b"wagtail-userbar" in answer.content
    assert b"<script>" not in answer.content


def test_the_way_to_the_office_is_shown_to_those_who_have_one(client, office):
    client.force_login(of_the_team(Role.EDITOR))
    assert 'href="/edition/"' in client.get("/aide/").content.decode()
    assert client.get(reverse("portal:dashboard")).headers["Location"] == "/edition/"
    client.force_login(lead_of(CollectiviteFactory()))
    assert 'href="/edition/"' not in client.get("/aide/").content.decode()


# --- When the account closes -------------------------------------------------------------------------------------


def test_an_editor_who_leaves_leaves_their_texts_and_no_name(client, office, at):
    from wagtail.users.models import UserProfile

    editor = of_the_team(Role.EDITOR)
    UserProfile.get_for_user(editor)
    resource = a_resource(live=False)
    resource.save()
    revision = resource.save_revision(user=editor)
    close(person=editor, by=editor, at=at)
    revision.refresh_from_db()
    assert str(revision.user) == "Compte clos"
    assert not UserProfile.objects.filter(user=editor).exists()
    assert not editor.groups.exists()


# --- Mails of a review -------------------------------------------------------------------------------------------


def edit_url(resource):
    return reverse(Resource.snippet_viewset.get_url_name("edit"), args=[resource.pk])


@pytest.fixture
def proposed(client, office, commit):
    """A draft that an editor has proposed, and the two people."""
    editor, publisher = of_the_team(Role.EDITOR), of_the_team(Role.PUBLISHER)
    resource = a_resource(live=False)
    resource.save()
    client.force_login(editor)
    with commit():
        client.post(edit_url(resource), TYPED | {"action-submit": "1"})
    return resource, editor, publisher


def test_those_who_publish_are_told_and_the_author_is_not(proposed, mailoutbox):
    _resource, _editor, publisher = proposed
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("À relire\u202f: La carte", [publisher.email])]
    assert "/edition/snippets/library/resource/edit/" in mailoutbox[0].body


def test_the_author_is_told_what_to_change_then_that_it_is_online(client, proposed, commit, mailoutbox):
    resource, editor, publisher = proposed
    client.force_login(publisher)
    with commit():
        client.post(edit_url(resource), TYPED | {
            "action-workflow-action": "1", "workflow-action-name": "reject",
            "workflow-action-extra-data": '{"comment": "Ajoutez le matériel."}',
        })  # fmt: skip
    assert (mailoutbox[-1].subject, mailoutbox[-1].to) == ("À reprendre\u202f: La carte", [editor.email])
    assert "Ajoutez le matériel." in mailoutbox[-1].body
    client.force_login(editor)
    with commit():
        client.post(edit_url(resource), TYPED | {"action-submit": "1"})
    client.force_login(publisher)
    with commit():
        client.post(edit_url(resource), TYPED | {"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert (mailoutbox[-1].subject, mailoutbox[-1].to) == ("Approuvé\u202f: La carte", [editor.email])
    resource.refresh_from_db()
    assert resource.live
