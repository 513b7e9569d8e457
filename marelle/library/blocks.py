"""The few blocks that a sheet is written with."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PLAIN = ["bold", "italic", "ol", "ul", "link"]


class StepBlock(blocks.StructBlock):
    """One moment of an activity: what is done, and for how long."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    minutes = blocks.IntegerBlock(label=_("minutes"), required=False, min_value=1, max_value=600)
    text = blocks.RichTextBlock(label=_("déroulement"), features=PLAIN)

    class Meta:
        icon = "list-ol"
        label = _("étape")


class SheetBody(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("intertitre"), max_length=120, icon="title")
    text = blocks.RichTextBlock(label=_("texte"), features=PLAIN)
    material = blocks.ListBlock(blocks.CharBlock(max_length=160), label=_("matériel"), icon="list-ul")
    steps = blocks.ListBlock(StepBlock(), label=_("étapes"), icon="list-ol")
    tip = blocks.RichTextBlock(label=_("conseil"), features=PLAIN, icon="help")
    watch = blocks.RichTextBlock(label=_("point de vigilance"), features=PLAIN, icon="warning")
