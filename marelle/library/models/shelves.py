from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id
from marelle.core.privacy import delete
from marelle.library.enums import Children, Pleased, Setting

UNTIL = _("votre suppression, ou deux ans sans modification")


class ReadingList(models.Model):
    """Resources that somebody put together for Tuesday morning: read by whoever has its address, changed by who holds
    its key (kept on their device) or owns it (their account)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    title = models.CharField(_("titre"), max_length=80)
    note = models.CharField(_("présentation"), max_length=300, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="reading_lists",
        verbose_name=_("à qui elle est"),
    )  # fmt: skip
    key_hash = models.CharField(_("empreinte de sa clé"), max_length=64, blank=True)
    """SHA-256 of the key that changes it without an account; empty once an account owns it."""
    changed_on = models.DateField(_("modifiée le"))

    personal = {
        "owner": delete(_("Retrouver vos listes"), until=UNTIL),
        "title": delete(_("Retrouver vos listes"), until=UNTIL),
        "note": delete(_("Présenter la liste à qui la lit"), until=UNTIL),
    }
    impersonal = "id public_id key_hash changed_on"

    class Meta:
        verbose_name = _("liste de ressources")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True) ^ models.Q(key_hash=""), name="library_list_has_one_holder"
            )
        ]

    def __str__(self):
        return self.title


class ListItem(models.Model):
    """A resource at its place in a list."""

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="items", verbose_name=_("liste"))
    resource = models.ForeignKey("library.Resource", models.CASCADE, related_name="+", verbose_name=_("ressource"))
    position = models.PositiveSmallIntegerField(_("rang"))
    note = models.CharField(_("note personnelle"), max_length=200, blank=True)

    personal = {"note": delete(_("Se souvenir de ce qu’on voulait en faire"), until=UNTIL)}
    impersonal = "id reading_list resource position"

    class Meta:
        verbose_name = _("ressource d’une liste")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["reading_list", "resource"], name="library_once_in_a_list")]


class Use(models.Model):
    """An adult says in ten seconds that they used a resource, and how it went. Nobody knows who: no person, no address
    of the network, no hour."""

    resource = models.ForeignKey("library.Resource", models.CASCADE, related_name="uses", verbose_name=_("ressource"))
    pleased = models.PositiveSmallIntegerField(_("comment ça s’est passé"), choices=Pleased)
    setting = models.CharField(_("cadre"), max_length=10, choices=Setting, blank=True)
    children = models.CharField(_("combien d’enfants"), max_length=6, choices=Children, blank=True)
    comment = models.TextField(_("remarque pour l’équipe"), blank=True, validators=[MaxLengthValidator(500)])
    said_on = models.DateField(_("dit le"))

    personal = {"comment": delete(_("Améliorer la ressource"), until=_("trois ans après"))}
    impersonal = "id resource pleased setting children said_on"

    class Meta:
        verbose_name = _("retour d’utilisation")
