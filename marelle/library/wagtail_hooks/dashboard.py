"""The first page of the back office: what waits for me. And what a text is told when it is opened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component

from marelle.core.rules import No
from marelle.library.enums import DeadLinkReason
from marelle.library.models import Guide, Resource
from marelle.library.queries import office
from marelle.library.queries.links import dead_links
from marelle.library.queries.remarks import remarks
from marelle.library.registry import may_be_published

TOLD = 6
HELD_BACK_SHOWN = timedelta(days=30)


class Waiting(Component):
    name = "marelle_waiting"
    template_name = "library/office/waiting.html"
    order = 100

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user, now = parent_context["request"].user, timezone.now()
        return {
            "drafts": office.drafts_of(user),
            "held_back": office.held_back(now - HELD_BACK_SHOWN, user=user),
            "stale": office.count_stale(timezone.localdate(now)),
            "dead_links": office.dead_links_by_text(),
            "stale_url": reverse("library_freshness"),
            "dead_links_url": reverse("library_dead_links"),
        }


@hooks.register("construct_homepage_panels")
def what_waits(request: Any, panels: list[Any]) -> None:
    panels.append(Waiting())


@hooks.register("before_edit_page")
def tell_about_a_page(request: Any, page: Any) -> None:
    if request.method == "GET":
        _tell(request, page.get_latest_revision_as_object())


@hooks.register("before_edit_snippet")
def tell_about_a_sheet(request: Any, sheet: Any) -> None:
    if request.method == "GET" and isinstance(sheet, Resource | Guide):
        _tell(request, sheet)


def _tell(request: Any, text: Any) -> None:
    """What would stop it from going online, then links that lead nowhere, then what makes it hard to read."""
    answer = may_be_published(text)
    if isinstance(answer, No):
        messages.error(request, _("Tel quel, ce texte ne pourra pas être publié. %s") % answer.reason)
    said = [
        _("%(where)s\u202f: le lien «\u202f%(words)s\u202f» ne mène nulle part (%(reason)s).")
        % {"where": link.where, "words": link.words or link.address, "reason": DeadLinkReason(reason).label}
        for link, reason in dead_links(text)
    ]
    said += remarks(text)
    if not said:
        return
    more = len(said) - TOLD
    if more > 0:
        said = [*said[:TOLD], _("et %(count)d autres remarques.") % {"count": more}]
    listed = format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in said)))
    messages.warning(request, format_html("{}{}", _("À améliorer, quand vous pourrez\u202f:"), listed))
