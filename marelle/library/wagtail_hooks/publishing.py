"""Editing that tells the reason when a text cannot go online: the draft is kept, nothing is published."""

from __future__ import annotations

from typing import Any

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CreateView, EditView

from marelle.core.rules import No, Refused
from marelle.library.registry import may_be_published


def kept_as_draft(request: Any, reason: str) -> None:
    words = _("Votre brouillon est enregistré, mais rien n’est publié. %(reason)s") % {"reason": reason}
    messages.error(request, words)


class Asks:
    """For the view of a snippet that publishes, by its button or at the end of its review."""

    def publish_action(self) -> Any:
        return self._told(super().publish_action)  # type: ignore[misc]

    def workflow_action_action(self) -> Any:
        return self._told(super().workflow_action_action)  # type: ignore[misc]

    def _told(self, act: Any) -> Any:
        try:
            return act()
        except Refused as no:
            kept_as_draft(self.request, no.reason)  # type: ignore[attr-defined]
            return redirect(self.get_edit_url())  # type: ignore[attr-defined]


class AsksCreateView(Asks, CreateView):
    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        """A first draft is saved by its button alone: saved by itself while the button is pressed, it would be made
        twice. From then on Wagtail saves what is typed every few seconds."""
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False


class AsksEditView(Asks, EditView):
    pass


@hooks.register("before_publish_page")
def ask_for_a_page(request: Any, page: Any) -> Any:
    """Pages answer to the same questions."""
    answer = may_be_published(page)
    if isinstance(answer, No):
        kept_as_draft(request, answer.reason)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None
