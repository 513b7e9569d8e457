from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.core.models import in_order
from marelle.programme.definition import Definition, parsed
from marelle.programme.enums import RouteKind


class Mandate(models.Model):
    """A term of office of French communes, for which titles are put back into play."""

    key = models.CharField(_("clé"), max_length=20, unique=True)  # "2026-2032"
    name = models.CharField(_("nom"), max_length=100)
    starts_on = models.DateField(_("commence le"))
    ends_on = models.DateField(_("finit le"))

    impersonal = "id key name starts_on ends_on"

    class Meta:
        verbose_name = _("mandat")
        ordering = ["-starts_on"]
        constraints = [in_order("starts_on", "ends_on")]

    def __str__(self):
        return self.key


class Route(models.Model):
    """A way to join for a mandate: with a title, or the light network."""

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="routes")
    key = models.SlugField(_("clé"), max_length=40)
    kind = models.CharField(_("nature"), max_length=10, choices=RouteKind)
    name = models.CharField(_("nom"), max_length=100)

    impersonal = "id mandate key kind name"

    class Meta:
        verbose_name = _("parcours")
        verbose_name_plural = _("parcours")
        constraints = [models.UniqueConstraint(fields=["mandate", "key"], name="programme_one_route_per_key")]

    def __str__(self):
        return f"{self.name} {self.mandate}"


class RouteVersionQuerySet(models.QuerySet["RouteVersion"]):
    def newest(self):
        """The newest version of each route."""
        newest = RouteVersion.objects.filter(route=models.OuterRef("route")).order_by("-number").values("pk")[:1]
        return self.filter(pk=models.Subquery(newest))

    def in_force(self, kind: str, *, on: date) -> RouteVersion | None:
        """What the route of this kind asks on that day; None before the mandate is loaded, or between two."""
        return (
            self.filter(route__kind=kind, route__mandate__starts_on__lte=on, route__mandate__ends_on__gte=on)
            .select_related("route__mandate")
            .order_by("-route__mandate__starts_on", "route__key", "-number")
            .first()
        )


class RouteVersion(models.Model):
    """What a route asks, as loaded from YAML on a day. Never changed: a correction is a new version."""

    route = models.ForeignKey(Route, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("contenu"))
    digest = models.CharField(_("empreinte"), max_length=64)
    loaded_at = models.DateTimeField(_("chargée le"))

    objects = RouteVersionQuerySet.as_manager()

    impersonal = "id route number content digest loaded_at"

    class Meta:
        verbose_name = _("version de parcours")
        ordering = ["route", "number"]
        constraints = [models.UniqueConstraint(fields=["route", "number"], name="programme_one_version_per_number")]

    def __str__(self):
        return f"{self.route}, version {self.number}"

    @property
    def definition(self) -> Definition:
        """The content as typed objects; parsed once per process and digest. A row read without its content
        (`defer("content")`) fetches it only that once."""
        return parsed(self.digest, lambda: self.content)
