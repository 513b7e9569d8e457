"""What axe looks at in an editor's preview: only what an editor can mend, said in French."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem


class Checker(ContentCheckerItem):
    axe_run_only = [
        *ContentCheckerItem.axe_run_only, "image-alt", "image-redundant-alt", "identical-links-same-purpose", "list",
        "listitem", "table-duplicate-name", "td-headers-attr", "th-has-data-cells", "video-caption",
        "page-has-heading-one",
    ]  # fmt: skip
    axe_messages = ContentCheckerItem.axe_messages | {
        "image-alt": {
            "error_name": _("Une image ne dit pas ce qu’elle montre"),
            "help_text": _("Complétez sa description, dans «\u202fImages\u202f»."),
        },
        "image-redundant-alt": {
            "error_name": _("La description de l’image répète le texte voisin"),
            "help_text": _("Dites ce que l’image ajoute."),
        },
        "identical-links-same-purpose": {
            "error_name": _("Des liens de mêmes mots mènent à des pages différentes"),
            "help_text": _("Dites dans chacun où il mène."),
        },
        "list": {
            "error_name": _("Une liste est mal faite"),
            "help_text": _("Refaites-la avec le bouton «\u202fListe\u202f»."),
        },
        "listitem": {
            "error_name": _("Un élément de liste est hors d’une liste"),
            "help_text": _("Refaites la liste avec le bouton «\u202fListe\u202f»."),
        },
        "table-duplicate-name": {
            "error_name": _("Le titre et le résumé d’un tableau disent la même chose"),
            "help_text": _("Gardez-en un."),
        },
        "td-headers-attr": {
            "error_name": _("Une case de tableau renvoie à un en-tête qui n’existe pas"),
            "help_text": _("Refaites le tableau."),
        },
        "th-has-data-cells": {
            "error_name": _("Un en-tête de tableau ne décrit aucune case"),
            "help_text": _("Complétez la colonne, ou retirez-la."),
        },
        "video-caption": {
            "error_name": _("Une vidéo n’a pas de sous-titres"),
            "help_text": _("Ajoutez-les, dans «\u202fVidéos\u202f»."),
        },
        "page-has-heading-one": {
            "error_name": _("La page n’a pas de titre principal"),
            "help_text": _("Donnez-lui un titre."),
        },
    }


@hooks.register("construct_wagtail_userbar")
def check_in_french(request: Any, items: list[Any], page: Any) -> None:
    items[:] = [Checker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items]
