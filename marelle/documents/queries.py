"""Reads across files."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.db.models.fields.reverse_related import ForeignObjectRel

from .models import File


def orphans(*, older_than: datetime) -> QuerySet[File]:
    """Files to which no row of any app refers."""
    files = File.objects.filter(created_at__lt=older_than).order_by("pk")
    for relation in File._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            field = relation.field.name
            rows = relation.field.model._base_manager.filter(**{f"{field}__isnull": False})
            files = files.exclude(pk__in=rows.values_list(field, flat=True))
    return files
