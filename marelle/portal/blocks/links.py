"""Ways onwards: a link, a door, a call to action."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from marelle.portal.enums import Chalk, Counted, Drawing

PROSE = ["bold", "italic", "h3", "ol", "ul", "link"]
"""What a running text may hold. No picture and no table inside: they have blocks of their own, with their words."""
INLINE = ["bold", "italic", "ol", "ul", "link"]
ADDRESSES = ("/", "https://", "http://", "mailto:", "tel:", "#")


class PlaceBlock(blocks.PageChooserBlock):
    """A page, known by its key until somebody asks more: the addresses of all the links of a page are read at once
    (`queries.site.places`), rather than the pages one block after the other."""

    def bulk_to_python(self, values: list[int | None]) -> list[Any]:
        return [self.to_python(value) for value in values]

    def to_python(self, value: int | None) -> Any:
        return None if value is None else self.model_class.from_db(None, ["id"], [value])

    def get_form_state(self, value: Any) -> Any:
        known = value is not None and self.model_class.objects.filter(pk=value.pk).exists()
        return super().get_form_state(value if known else None)


class LinkBlock(blocks.StructBlock):
    """Words and where they lead: a page of the site, or an address."""

    label = blocks.CharBlock(label=_("mots du lien"), max_length=80)
    page = PlaceBlock(label=_("page du site"), required=False)
    address = blocks.CharBlock(
        label=_("ou adresse"), required=False, max_length=300,
        help_text=_("/ressources/catalogue/ pour une autre page de Marelle, https://… pour un autre site"),
    )  # fmt: skip

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        address, errors = str(cleaned.get("address") or "").strip(), {}
        if not cleaned.get("page") and not address:
            errors["page"] = ValidationError(_("Choisissez une page, ou écrivez une adresse."))
        elif cleaned.get("page") and address:
            errors["address"] = ValidationError(_("Une page est déjà choisie\u202f: retirez-la, ou videz l’adresse."))
        elif address and not address.startswith(ADDRESSES):
            errors["address"] = ValidationError(
                _("Une adresse commence par / (sur ce site) ou par https:// (ailleurs).")
            )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "link"
        label = _("lien")
        label_format = "{label}"


class DoorBlock(blocks.StructBlock):
    """A large coloured door."""

    title = blocks.CharBlock(label=_("titre"), max_length=60)
    text = blocks.TextBlock(label=_("texte"), max_length=300, rows=3)
    square = blocks.ChoiceBlock(label=_("couleur"), choices=Chalk.choices, default=Chalk.JOIN)
    icon = blocks.ChoiceBlock(label=_("dessin"), choices=Drawing.choices, default=Drawing.BOOK)
    link = LinkBlock(label=_("où elle mène"))
    counted = blocks.ChoiceBlock(label=_("chiffre affiché"), choices=Counted.choices, required=False)

    class Meta:
        label_format = "{title}"


class DoorsBlock(blocks.StructBlock):
    doors = blocks.ListBlock(DoorBlock(label=_("porte")), label=_("portes"), min_num=2, max_num=6)

    class Meta:
        icon = "doc-full"
        label = _("grandes portes")
        template = "portal/blocks/doors.html"


class ReasonBlock(blocks.StructBlock):
    icon = blocks.ChoiceBlock(label=_("dessin"), choices=Drawing.choices, default=Drawing.STAR)
    title = blocks.CharBlock(label=_("titre"), max_length=80)
    text = blocks.TextBlock(label=_("texte"), max_length=400, rows=3)
    address = blocks.CharBlock(label=_("adresse, si le titre est un lien"), required=False, max_length=300)

    class Meta:
        label_format = "{title}"


class ReasonsBlock(blocks.StructBlock):
    """Several points side by side, each with a drawing."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    square = blocks.ChoiceBlock(label=_("couleur"), choices=Chalk.choices, default=Chalk.LISTEN)
    reasons = blocks.ListBlock(ReasonBlock(label=_("point")), label=_("points"), min_num=2)

    class Meta:
        icon = "list-ul"
        label = _("points illustrés")
        template = "portal/blocks/reasons.html"
        label_format = "{title}"


class CallBlock(blocks.StructBlock):
    """What to do now."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    text = blocks.TextBlock(label=_("texte"), max_length=500, rows=3, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("boutons"), min_num=1, max_num=3)

    class Meta:
        icon = "success"
        label = _("appel à agir")
        template = "portal/blocks/call.html"
        label_format = "{title}"
