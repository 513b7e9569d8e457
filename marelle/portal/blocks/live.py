"""What Marelle knows itself, shown as it is today: nobody types a figure in."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from marelle.portal.enums import Counted, RoutePart, Way
from marelle.programme.enums import SQUARES, RouteKind

from .links import LinkBlock


class FiguresBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=120)
    figures = blocks.ListBlock(
        blocks.ChoiceBlock(label=_("chiffre"), choices=Counted.choices), label=_("chiffres"), min_num=1, max_num=4
    )
    link = blocks.ListBlock(LinkBlock(), label=_("lien"), max_num=1, default=[])
    when_zero = blocks.TextBlock(
        label=_("mots affichés tant que le premier chiffre est à zéro"), required=False, rows=2, max_length=300
    )

    class Meta:
        icon = "order"
        label = _("chiffres du jour")
        template = "portal/blocks/figures.html"
        label_format = "{title}"


class MembersBlock(blocks.StructBlock):
    """The map of the members, beside the list that says the same."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    counts = blocks.BooleanBlock(label=_("avec leurs nombres"), required=False)

    class Meta:
        icon = "site"
        label = _("carte des membres")
        template = "portal/blocks/members.html"
        label_format = "{title}"


class SquaresBlock(blocks.StructBlock):
    """A sentence for each square of the hopscotch."""

    def __init__(self, **options):
        words = [(square.key, blocks.CharBlock(label=square.name, max_length=120)) for square in SQUARES]
        super().__init__(words, **options)


class PathBlock(blocks.StructBlock):
    """The seven squares, with a sentence for each."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    lead = blocks.TextBlock(label=_("chapeau"), required=False, rows=2, max_length=400)
    squares = SquaresBlock(label=_("une phrase par case"))

    class Meta:
        icon = "dots-horizontal"
        label = _("la marelle, case par case")
        template = "portal/blocks/path.html"
        label_format = "{title}"


class RouteBlock(blocks.StructBlock):
    """A part of what a route asks, as loaded: dates and fees are never copied by hand."""

    route = blocks.ChoiceBlock(label=_("parcours"), choices=RouteKind.choices, default=RouteKind.TITLED)
    part = blocks.ChoiceBlock(label=_("partie"), choices=RoutePart.choices)

    class Meta:
        icon = "tasks"
        label = _("partie d’un parcours")
        template = "portal/blocks/route.html"
        label_format = "{part}"


class WaysBlock(blocks.StructBlock):
    """Ways into the library, each with what it holds."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    way = blocks.ChoiceBlock(label=_("entrée"), choices=Way.choices, default=Way.THEME)

    class Meta:
        icon = "folder-open-inverse"
        label = _("entrées de la bibliothèque")
        template = "portal/blocks/library.html"
        label_format = "{title}"


class NewsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=120)

    class Meta:
        icon = "doc-full-inverse"
        label = _("dernières actualités")
        template = "portal/blocks/news.html"
        label_format = "{title}"


class EventsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=120)

    class Meta:
        icon = "date"
        label = _("prochaines dates")
        template = "portal/blocks/events.html"
        label_format = "{title}"
