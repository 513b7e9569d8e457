from __future__ import annotations

import hashlib
import json
from datetime import UTC

from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.core.privacy import keep


class Entry(models.Model):
    """What was done, by whom, when. Written once, never changed.

    No foreign keys: the log must never hold the living data back. Each row carries the hash of the row
    before it, so that a changed or missing row shows (`marelle audit verify`).
    """

    number = models.PositiveBigIntegerField(_("numéro"), unique=True)
    kind = models.CharField(_("nature"), max_length=100, db_index=True)
    target = models.CharField(_("objet"), max_length=120, db_index=True)
    actor = models.CharField(_("auteur"), max_length=40, db_index=True)
    at = models.DateTimeField(_("à"))
    details = models.JSONField(_("précisions"), default=dict)
    previous_hash = models.CharField(_("empreinte précédente"), max_length=64)
    hash = models.CharField(_("empreinte"), max_length=64)

    personal = {
        "actor": keep(
            _("Savoir qui a pris chaque décision, par un identifiant opaque"),
            until=_("dix ans après la fin du mandat"),
        )
    }
    impersonal = "id number kind target at details previous_hash hash"

    class Meta:
        verbose_name = _("entrée du journal")
        verbose_name_plural = _("journal")
        ordering = ["number"]

    def __str__(self):
        return f"{self.number} {self.kind}"

    def fingerprint(self) -> str:
        """SHA-256 over everything the row says and the hash of the row before it."""
        said = [
            self.number, self.kind, self.target, self.actor,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"), self.details, self.previous_hash,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Head(models.Model):
    """The end of the chain: one row, locked while the next entry is written."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    impersonal = "id number hash"

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_head_is_alone")]


def name_of(thing: models.Model | type[models.Model]) -> str:
    """`programme.candidacy:7k3m…`: the public id where the thing has one, so that a row can be found from a page.
    A model stands for all its rows: `notifications.mail:*`."""
    if isinstance(thing, type):
        return f"{thing._meta.label_lower}:*"
    return f"{thing._meta.label_lower}:{getattr(thing, 'public_id', None) or thing.pk}"
