"""What the search knows, and the searches that people keep. The words themselves are in the engine's own table
(migration `0002_words_of_the_search`)."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.core.models import public_id
from marelle.core.privacy import delete


class SearchEntry(models.Model):
    """One public thing that can be found, as its app told it last. Written by `library.actions.search` alone; when the
    thing is public no more, the row and its words are gone in the same transaction."""

    kind = models.CharField(_("nature"), max_length=30)
    key = models.CharField(_("identifiant public"), max_length=80)
    title = models.CharField(_("titre"), max_length=300)
    summary = models.TextField(_("résumé"), blank=True)
    address = models.CharField(_("adresse"), max_length=300)
    keywords = models.TextField(_("autres mots"), blank=True)
    body = models.TextField(_("texte"), blank=True)
    facets = models.TextField(_("facettes"), blank=True)
    """« theme:sante age:6 article:31 »: what can be narrowed by, a space between."""
    dated = models.DateField(_("datée du"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("démonstration"), default=False)

    impersonal = "id kind key title summary address keywords body facets dated is_demonstration"

    class Meta:
        verbose_name = _("entrée de la recherche")
        verbose_name_plural = _("entrées de la recherche")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="library_found_once")]

    def __str__(self):
        return self.title


class SearchWord(models.Model):
    """A word written in at least one entry, without accents, and in how many: what typos are corrected to. A word that
    no entry holds any more is gone with the last."""

    word = models.CharField(_("mot"), max_length=40, primary_key=True)
    written = models.CharField(_("comme il s’écrit"), max_length=40)
    stem = models.CharField(_("racine"), max_length=40)
    uses = models.PositiveIntegerField(_("entrées qui le contiennent"))

    impersonal = "word written stem uses"

    class Meta:
        verbose_name = _("mot de la recherche")


class SearchState(models.Model):
    """One row, with a number drawn anew at each change of the index: what a process keeps in memory holds as long as it
    stays. Drawn, not counted: a change that was rolled back never has the number of another."""

    version = models.BigIntegerField(_("version"), default=0)
    analysis = models.CharField(_("empreinte de l’analyse"), max_length=64, blank=True)
    """Of the data and code that made the words: when they change, every entry is read anew."""

    impersonal = "id version analysis"

    class Meta:
        verbose_name = _("état de la recherche")


class Rhythm(models.TextChoices):
    """How often what is new is told."""

    DAILY = "daily", _("chaque jour où il y a du nouveau")
    WEEKLY = "weekly", _("une fois par semaine, s’il y a du nouveau")


def secret() -> str:
    return secrets.token_urlsafe(24)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, user):
        """Those of a person signed in: saved in their account, or by their address before it was one."""
        return self.filter(Q(person=user.pk) | Q(email__iexact=user.email))

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def waiting(self):
        """Asked, and not confirmed by the link yet."""
        return self.filter(confirmed_at__isnull=True)


class SavedSearch(models.Model):
    """A question somebody wants to be told of when something new answers it. Of an account, or of an address that
    confirmed it by a link. Only public things are told."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="saved_searches",
        verbose_name=_("personne"),
    )  # fmt: skip
    email = models.EmailField(_("adresse électronique"), blank=True)
    text = models.CharField(_("ce qui est cherché"), max_length=200)
    chosen = models.JSONField(_("facettes choisies"), default=dict, blank=True)
    rhythm = models.CharField(_("rythme"), max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    token = models.CharField(_("lien secret"), max_length=40, unique=True, default=secret, editable=False)
    asked_at = models.DateTimeField(_("demandée le"))
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    told_at = models.DateTimeField(_("dernier courriel le"), null=True, blank=True)
    seen_up_to = models.BigIntegerField(_("dernière entrée vue"), default=0)
    """The newest entry of the index when last looked: only those that came later are new."""
    looked_at = models.DateTimeField(_("regardée le"), null=True, blank=True)
    renewed_at = models.DateTimeField(_("gardée depuis le"), null=True, blank=True)
    """Two years from here, it is forgotten."""

    objects = SavedSearchQuerySet.as_manager()

    personal = {
        "person": delete(_("Vous signaler ce qui est nouveau"), until=_("votre arrêt, ou deux ans (une semaine sans confirmation)")),
        "email": delete(_("Vous signaler ce qui est nouveau"), until=_("votre arrêt, ou deux ans (une semaine sans confirmation)")),
        "text": delete(_("Savoir ce que vous cherchez"), until=_("votre arrêt, ou deux ans (une semaine sans confirmation)")),
        "chosen": delete(_("Savoir ce que vous cherchez"), until=_("votre arrêt, ou deux ans (une semaine sans confirmation)")),
        "token": delete(_("Arrêter en un clic"), until=_("votre arrêt, ou deux ans (une semaine sans confirmation)")),
    }  # fmt: skip
    impersonal = "id public_id rhythm asked_at confirmed_at told_at seen_up_to looked_at renewed_at"

    class Meta:
        verbose_name = _("recherche gardée")
        verbose_name_plural = _("recherches gardées")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ ~Q(email=""), name="library_search_of_a_person_or_an_address"
            )
        ]

    def __str__(self):
        return self.text
