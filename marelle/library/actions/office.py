"""The editorial team's back office as it is handed over: two groups, what each may do, and how a text is reviewed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from marelle.accounts.actions.seats import PUBLISHING, WRITING
from marelle.audit.actions import record
from marelle.library.models import Guide, Resource

ENTERS = ["wagtailadmin.access_admin"]
READS = [f"library.view_{noun}" for noun in ("practice", "theme", "article")]
WRITES = [f"library.{verb}_{noun}" for noun in ("resource", "guide", "video") for verb in ("add", "change", "view")]
PUBLISHES = [
    *(f"library.{verb}_{noun}" for noun in ("resource", "guide") for verb in ("publish", "lock", "unlock", "delete")),
    "library.delete_video",
    *(f"wagtailredirects.{verb}_redirect" for verb in ("add", "change", "delete", "view")),
    *(f"wagtailcore.{verb}_{noun}" for noun in ("workflow", "task") for verb in ("add", "change", "delete")),
]

OF_GROUPS = {
    WRITING: (ENTERS + READS + WRITES, ["add", "change"], ["add", "choose"]),
    PUBLISHING: (
        ENTERS + READS + WRITES + PUBLISHES,
        ["add", "change", "publish", "bulk_delete", "lock", "unlock"],
        ["add", "change", "delete", "choose"],
    ),
}
"""For each group: what it may do, what it may do with pages (from the root down), and with pictures. Whoever writes
proposes; whoever publishes has read."""

WAGTAILS_OWN = ("Editors", "Moderators")
"""Groups that Wagtail makes for itself. Nobody sits in them here, and nobody must: roles are given in Marelle."""
REVIEW = gettext_lazy("Relecture")
ALL_PAGES = gettext_lazy("Toutes les pages")


@transaction.atomic
def open_the_office(*, at: datetime) -> bool:
    """Give the two groups of the editorial team what they may do, and a review by « Publication » to every page,
    resource and guide. Can be run again at each upgrade: it adds what a group misses and takes nothing away; the review
    is set up once, and what the team changed of it since stays as they left it. Says whether anything changed."""
    root, pictures = _root_of_pages(), _root_of_pictures()
    changed = [
        _allow(Group.objects.get_or_create(name=str(name))[0], permissions, root, on_pages, pictures, on_pictures)
        for name, (permissions, on_pages, on_pictures) in OF_GROUPS.items()
    ]
    changed += [_set_up_review(root), _name_in_french(root)]
    changed.append(bool(Group.objects.filter(name__in=WAGTAILS_OWN, user=None).delete()[0]))
    if any(changed):
        record("library.office.opened", on=Group, by=None, at=at)
    return any(changed)


def _allow(
    group: Group,
    permissions: Iterable[str],
    root: Page,
    on_pages: list[str],
    pictures: Collection,
    on_pictures: list[str],
) -> bool:
    held = group.permissions.count()
    group.permissions.add(*map(_permission, permissions))
    made = [
        GroupPagePermission.objects.get_or_create(
            group=group, page=root, permission=_permission(f"wagtailcore.{verb}_page")
        )
        for verb in on_pages
    ]
    made += [  # Wagtail asks for the right to its own kind of picture, whatever ours is called
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=pictures, permission=_permission(f"wagtailimages.{verb}_image")
        )
        for verb in on_pictures
    ]
    return group.permissions.count() > held or any(new for _row, new in made)


def _permission(name: str) -> Permission:
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _set_up_review(root: Page) -> bool:
    """Once: as soon as a review of ours has existed, in whatever state, the team has it in hand."""
    if GroupApprovalTask.objects.filter(groups__name=str(PUBLISHING)).exists():
        return False
    task = GroupApprovalTask.objects.create(name=_("Relecture par la publication"))
    task.groups.add(Group.objects.get(name=str(PUBLISHING)))
    workflow = Workflow.objects.create(name=str(REVIEW))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for wagtails in Workflow.objects.filter(
        workflow_tasks__task__groupapprovaltask__groups__name__in=WAGTAILS_OWN
    ).distinct():
        wagtails.deactivate()
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    for model in (Resource, Guide):
        of_model = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.update_or_create(content_type=of_model, defaults={"workflow": workflow})
    return True


def _root_of_pages() -> Page:
    """Wagtail's migrations plant it; a database emptied of its rows has lost it."""
    Locale.objects.get_or_create(language_code="fr")
    found = Page.get_first_root_node()
    if found:
        return found
    return Page.add_root(title=str(ALL_PAGES), slug="root", content_type=ContentType.objects.get_for_model(Page))


def _name_in_french(root: Page) -> bool:
    """Wagtail's migrations plant the tree under an English name, which editors read above their pages."""
    return bool(Page.objects.filter(pk=root.pk, title="Root").update(title=str(ALL_PAGES), draft_title=str(ALL_PAGES)))


def _root_of_pictures() -> Collection:
    return Collection.get_first_root_node() or Collection.add_root(name="Root")
