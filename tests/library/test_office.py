"""Who may do what in the back office, how a text is reviewed, and how it goes online at its hour."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from wagtail.models import Page, Workflow, WorkflowContentType, WorkflowPage
from wagtail.permissions import policy_registry

from marelle.accounts.actions.seats import PUBLISHING, WRITING, seat
from marelle.accounts.enums import Role
from marelle.audit.models import Entry
from marelle.core.rules import NotNow, Refused
from marelle.library import registry
from marelle.library.actions.editorial import forget_who_was_editing, publish_what_is_due
from marelle.library.actions.office import open_the_office
from marelle.library.enums import Kind
from marelle.library.models import Article, Guide, Picture, Practice, Resource, Theme, Video
from marelle.portal.models import HomePage
from tests.accounts.factories import national

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(at):
    open_the_office(at=at)


def of_the_team(role):
    person = national(role)
    seat(user=person)
    return person


def allowed(person, model):
    policy = policy_registry.get_by_type(model)
    verbs = ("add", "change", "delete", "publish", "lock", "unlock", "view")
    return {verb for verb in verbs if policy.user_has_permission(person, verb)}


WHOLE = {"add", "change", "delete", "publish", "lock", "unlock", "view"}


@pytest.mark.parametrize(
    ("model", "editor", "publisher"),
    [
        (Resource, {"add", "change", "view"}, WHOLE),
        (Guide, {"add", "change", "view"}, WHOLE),
        (Practice, {"view"}, {"view"}),
        (Theme, {"view"}, {"view"}),
        (Article, {"view"}, {"view"}),
    ],
)
def test_who_writes_and_who_publishes(office, model, editor, publisher):
    assert allowed(of_the_team(Role.EDITOR), model) == editor
    assert allowed(of_the_team(Role.PUBLISHER), model) == publisher
    assert allowed(of_the_team(Role.MANAGER), model) == publisher
    assert allowed(of_the_team(Role.ADVISER), model) == set()


def test_an_editor_drafts_pages_and_a_publisher_puts_them_online(office):
    page = Page.get_first_root_node().add_child(instance=Page(title="Le réseau", slug="reseau", live=False))
    editor, publisher = (page.permissions_for_user(of_the_team(role)) for role in (Role.EDITOR, Role.PUBLISHER))
    assert editor.can_edit()
    assert not editor.can_publish()
    assert publisher.can_publish()
    assert publisher.can_lock()


def test_an_editor_adds_pictures_and_changes_only_theirs(office):
    editor = of_the_team(Role.EDITOR)
    assert "add" in allowed(editor, Picture)
    assert "delete" not in allowed(editor, Picture) or not Picture.objects.exists()
    assert allowed(editor, Video) == {"add", "change", "view"}


def test_a_text_is_reviewed_by_publication(office):
    root = Page.get_first_root_node()
    workflow = root.get_workflow()
    assert workflow.name == "Relecture"
    assert [group.name for task in workflow.tasks for group in task.specific.groups.all()] == [str(PUBLISHING)]
    for model in (Resource, Guide):
        assert model.get_default_workflow() == workflow
    assert Practice.get_default_workflow() is None


def test_wagtails_own_groups_and_review_are_put_away(office):
    assert set(Group.objects.values_list("name", flat=True)) == {str(WRITING), str(PUBLISHING)}
    assert [w.name for w in Workflow.objects.filter(active=True)] == ["Relecture"]


def test_opening_again_changes_nothing(office, at):
    count = Entry.objects.count()
    assert open_the_office(at=at) is False
    assert Entry.objects.count() == count


def test_opening_again_leaves_the_review_as_the_team_made_it(office, at):
    """They take guides out of review, rename it, stop asking for it on pages: an upgrade brings nothing back."""
    Workflow.objects.filter(active=True).update(name="Relecture à deux")
    WorkflowPage.objects.all().delete()
    WorkflowContentType.objects.all().delete()
    open_the_office(at=at)
    assert not WorkflowPage.objects.exists()
    assert not WorkflowContentType.objects.exists()
    assert Workflow.objects.filter(active=True).get().name == "Relecture à deux"


def test_a_right_that_a_group_misses_comes_back_and_one_it_was_given_stays(office, at):
    group = Group.objects.get(name=str(WRITING))
    given = Group.objects.get(name=str(PUBLISHING)).permissions.get(codename="publish_guide")
    group.permissions.remove(group.permissions.get(codename="add_resource"))
    group.permissions.add(given)
    assert open_the_office(at=at) is True
    assert {"add_resource", "publish_guide"} <= set(group.permissions.values_list("codename", flat=True))


# --- At their hour -----------------------------------------------------------------------------------------------


def a_resource(**fields):
    words = {"title": "La carte des cachettes", "slug": "carte", "summary": "Dessiner.", "kind": Kind.ACTIVITY}
    return Resource.objects.create(live=False, **(words | fields))


def kinds():
    return list(Entry.objects.order_by("number").values_list("kind", flat=True))


def test_what_was_approved_goes_online_at_its_hour_and_the_log_says_so(at):
    resource = a_resource(go_live_at=at + timedelta(hours=1))
    resource.save_revision().publish()
    resource.refresh_from_db()
    assert not resource.live
    assert publish_what_is_due(at=at) == 0
    assert kinds() == ["library.text.scheduled"]
    later = at + timedelta(hours=2)
    with time_machine.travel(later):
        assert publish_what_is_due(at=later) == 1
        assert publish_what_is_due(at=later) == 0
    resource.refresh_from_db()
    assert resource.live
    assert kinds()[-1] == "library.text.published"


def test_what_expires_comes_down(at):
    resource = a_resource()
    resource.save_revision().publish()
    Resource.objects.update(expire_at=at - timedelta(minutes=1))
    assert publish_what_is_due(at=at) == 1
    resource.refresh_from_db()
    assert (resource.live, resource.expired) == (False, True)
    assert kinds()[-1] == "library.text.unpublished"


@pytest.fixture
def forbidden(monkeypatch):
    """One picture on them all may not be shown."""
    reason = "L’accord pour « La cour » a été retiré."
    monkeypatch.setattr(
        registry, "_questions", [lambda text: NotNow(reason) if text.title.startswith("La carte") else True]
    )
    return reason


def test_what_a_rule_forbids_is_published_by_no_path(forbidden):
    resource = a_resource()
    with pytest.raises(Refused, match="retiré"):
        resource.save_revision().publish()
    resource.refresh_from_db()
    assert not resource.live
    assert kinds() == []


def test_what_a_rule_forbids_is_not_published_by_the_timer_either_and_stops_nothing_else(at, forbidden):
    held, free = a_resource(), a_resource(title="Le marché des idées", slug="marche")
    for resource in (held, free):
        resource.save_revision(approved_go_live_at=at - timedelta(minutes=5))
    assert publish_what_is_due(at=at) == 1
    held.refresh_from_db()
    free.refresh_from_db()
    assert (held.live, free.live) == (False, True)
    assert not held.approved_schedule
    assert "library.text.held_back" in kinds()


def test_who_was_editing_is_forgotten_after_an_hour(at):
    from django.contrib.contenttypes.models import ContentType
    from wagtail.admin.models import EditingSession

    about = {"content_type": ContentType.objects.get_for_model(Resource), "object_id": "1", "user": national()}
    EditingSession.objects.create(last_seen_at=at - timedelta(hours=2), **about)
    EditingSession.objects.create(last_seen_at=at, **about)
    assert forget_who_was_editing(at=at) == 1


def test_pages_of_the_site_ask_too(office, forbidden):
    page = Page.get_first_root_node().add_child(
        instance=HomePage(title="La carte du site", slug="carte-du-site", live=False)
    )
    with pytest.raises(Refused, match="retiré"):
        page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
