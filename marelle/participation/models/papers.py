from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.ballots.models import Bundle
from marelle.core.privacy import delete


class CopiedWords(models.Model):
    """Children's words that an adult copied from sheets, until the sheets are confirmed: then they go to moderation
    and this row is deleted. It goes with its bundle when that is thrown away, or never confirmed.

    Each: the question, and the words of all the sheets, one child a line.
    """

    bundle = models.OneToOneField(Bundle, models.CASCADE, related_name="copied")
    words = models.JSONField(_("mots recopiés"), default=dict)

    personal = {
        "words": delete(
            _("Ne rien vous faire retaper"),
            until=_("la confirmation des feuilles, ou leur retrait (deux jours après la séance au plus tard)"),
        )
    }
    impersonal = "id bundle"
    about_children = True

    class Meta:
        verbose_name = _("mots recopiés de feuilles")

    def __str__(self):
        return str(self.bundle_id)
