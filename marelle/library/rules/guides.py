"""Who freezes an edition of a guide, and when. Its text is written and published in the back office of the site."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from marelle.accounts.enums import PUBLISHES_PAGES
from marelle.accounts.queries import standing
from marelle.core.rules import Answer, No, NotNow
from marelle.library.models import Guide
from marelle.library.queries import guides


def can_publish_edition(user: Any, guide: Guide) -> Answer:
    if not standing(user).roles & PUBLISHES_PAGES:
        return No(_("Cela revient aux responsables éditoriaux."))
    if not guide.live:
        return NotNow(_("Publiez d’abord le guide\u202f: une édition fige le texte que tout le monde lit."))
    if not guides.whole(guides.raw_of(guide)).chapters:
        return NotNow(_("Ce guide n’a pas encore de chapitre\u202f: chaque intertitre en commence un."))
    if not guides.differs(guide, guide.editions.first()):
        return NotNow(_("Rien n’a changé depuis la dernière édition."))
    return True
