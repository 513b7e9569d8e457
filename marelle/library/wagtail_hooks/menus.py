"""The back office as a whole: its menus, its scripts, what a person may set for themselves."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import account
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet


@hooks.register("insert_global_admin_js")
def office_script() -> str:
    return format_html('<script src="{}"></script>', static("library/office.js"))


@hooks.register("insert_global_admin_css")
def office_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("library/office.css"))


class NoDocuments(ImagesAdminAPIViewSet):
    """Every page of Wagtail's office names this address, even where its documents are not installed: files belong to
    resources here, with their versions."""

    name = "documents"

    def get_queryset(self) -> Any:
        return super().get_queryset().none()


@hooks.register("construct_admin_api")
def no_documents(router: Any) -> None:
    router.register_endpoint("documents", NoDocuments)


@hooks.register("register_admin_menu_item")
def back_to_marelle() -> MenuItem:
    return MenuItem(
        _("Retour à Marelle"), reverse("portal:dashboard"), name="marelle", icon_name="arrow-left", order=20000
    )


@hooks.register("register_admin_menu_item")
def bring_sheets() -> MenuItem:
    return MenuItem(_("Importer"), reverse("library:imports"), name="imports", icon_name="table", order=160)


@hooks.register("construct_help_menu")
def only_what_is_here(request: Any, items: list[MenuItem]) -> None:
    """No link to another site."""
    items[:] = [item for item in items if not str(item.url).startswith("http")]


def _never(panel: Any) -> bool:
    return False


# A face is not needed to review a text, and a name is changed in Marelle, where the rest of it is.
account.AvatarSettingsPanel.is_active = _never
account.NameEmailSettingsPanel.is_active = _never
