"""The way from the back office to films and to the consents of children: pages of ours."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def films() -> MenuItem:
    return MenuItem(_("Vidéos"), reverse("library:videos"), name="videos", icon_name="media", order=310)


@hooks.register("register_admin_menu_item")
def children_in_pictures() -> MenuItem:
    return MenuItem(_("Images d’enfants"), reverse("library:consents"), name="consents", icon_name="group", order=311)
