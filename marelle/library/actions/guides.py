"""Editions of guides: a number, a text and a PDF that never change again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marelle.audit.actions import record
from marelle.core.frozen import digest
from marelle.core.rules import Refused, require
from marelle.documents.actions import make_pdf
from marelle.library.models import Guide, GuideEdition
from marelle.library.queries import guides as queries
from marelle.library.rules import guides as rules


@transaction.atomic
def publish_edition(*, guide: Guide, changes: str = "", by: Any, at: datetime) -> GuideEdition:
    """Freeze the public text of today under the next number, with its PDF. From the second one on, say what changes:
    whoever printed the last one wants to know."""
    guide = Guide.objects.select_for_update(of=("self",)).get(pk=guide.pk)
    require(rules.can_publish_edition(by, guide))
    last = guide.editions.first()
    if last and not changes.strip():
        raise Refused(_("Dites ce qui change depuis la dernière édition."))
    content = queries.content_of(guide)
    edition = GuideEdition(
        guide=guide, number=last.number + 1 if last else 1, title=guide.title, content=content, digest=digest(content),
        changes=changes.strip()[:300], published_at=at,
    )  # fmt: skip
    edition.pdf = make_pdf(
        "library/typst/guide.typ",
        queries.for_paper(edition, address=settings.SITE_URL + edition.get_absolute_url()),
        name=f"{guide.slug}-{edition.number}.pdf",
        title=guide.title,
        by=by,
        at=at,
    )
    edition.save()
    record("library.guide.edition_published", on=guide, by=by, at=at, number=edition.number)
    return edition
