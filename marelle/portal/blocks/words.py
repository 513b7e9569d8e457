"""Words: a text, a quotation, steps, questions and their answers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from marelle.portal.enums import Chalk

from .links import INLINE, PROSE


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **options):
        super().__init__(features=PROSE, **{"label": _("texte"), **options})

    class Meta:
        icon = "pilcrow"
        template = "portal/blocks/text.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words. A child is named by first name and age at most."""

    text = blocks.TextBlock(label=_("paroles"), rows=3, max_length=600)
    who = blocks.CharBlock(
        label=_("de qui"), max_length=120, help_text=_("Un enfant\u202f: son prénom et son âge, rien de plus.")
    )
    square = blocks.ChoiceBlock(label=_("couleur"), choices=Chalk.choices, default=Chalk.LISTEN)

    class Meta:
        icon = "openquote"
        label = _("citation")
        template = "portal/blocks/quote.html"


class StepItem(blocks.StructBlock):
    title = blocks.CharBlock(label=_("titre"), max_length=120)
    text = blocks.RichTextBlock(label=_("texte"), features=INLINE)

    class Meta:
        label_format = "{title}"


class StepsBlock(blocks.StructBlock):
    """What comes first, what comes next."""

    title = blocks.CharBlock(label=_("titre"), max_length=120, required=False)
    square = blocks.ChoiceBlock(label=_("couleur"), choices=Chalk.choices, default=Chalk.JOIN)
    steps = blocks.ListBlock(StepItem(label=_("étape")), label=_("étapes"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("étapes")
        template = "portal/blocks/steps.html"
        label_format = "{title}"


class QuestionItem(blocks.StructBlock):
    question = blocks.CharBlock(label=_("question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("réponse"), features=INLINE)

    class Meta:
        label_format = "{question}"


class DisclosuresBlock(blocks.StructBlock):
    """Questions whose answers unfold."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    questions = blocks.ListBlock(QuestionItem(label=_("question")), label=_("questions"), min_num=1)

    class Meta:
        icon = "help"
        label = _("questions et réponses")
        template = "portal/blocks/disclosures.html"
        label_format = "{title}"


class NoticeBlock(blocks.StructBlock):
    """Something to know before going on."""

    kind = blocks.ChoiceBlock(
        label=_("ton"),
        choices=[("info", _("à savoir")), ("warn", _("attention")), ("ok", _("bonne nouvelle"))],
        default="info",
    )
    text = blocks.RichTextBlock(label=_("texte"), features=INLINE)

    class Meta:
        icon = "info-circle"
        label = _("encadré")
        template = "portal/blocks/notice.html"


class ChildrenBlock(blocks.StructBlock):
    """A card that speaks to children: *tu*, short sentences."""

    title = blocks.CharBlock(label=_("titre"), max_length=120)
    text = blocks.RichTextBlock(label=_("texte, en les tutoyant"), features=INLINE)
    square = blocks.ChoiceBlock(label=_("couleur"), choices=Chalk.choices, default=Chalk.LISTEN)

    class Meta:
        icon = "user"
        label = _("carte pour les enfants")
        template = "portal/blocks/children.html"
        label_format = "{title}"


class EmergencyBlock(blocks.StaticBlock):
    """119, 3018, 17 and 114: the same words everywhere, so that nobody gets a digit wrong."""

    class Meta:
        icon = "warning"
        label = _("numéros d’urgence")
        admin_text = _("Le 119, le 3018, le 17 et le 114\u202f: toujours les mêmes mots.")
        template = "portal/blocks/emergency.html"
