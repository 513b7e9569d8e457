from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, Permission
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from marelle.accounts.enums import WRITES_PAGES
from marelle.core.models import public_id
from marelle.core.privacy import delete, keep, replace


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An adult who signs in. Children have no account.

    There is no password: a code sent by mail, or a passkey. What a person may do follows from their
    memberships of today, never from a flag.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    email = models.EmailField(_("adresse électronique"), unique=True)
    name = models.CharField(_("nom et prénom"), max_length=150, blank=True)
    phone = models.CharField(_("téléphone professionnel"), max_length=30, blank=True)
    is_active = models.BooleanField(_("compte ouvert"), default=True)
    is_fictitious = models.BooleanField(_("personne fictive de la démonstration"), default=False)
    joined_at = models.DateTimeField(_("compte créé le"), auto_now_add=True)
    closed_at = models.DateTimeField(_("compte clos le"), null=True, blank=True)
    groups = models.ManyToManyField(
        Group, through="Seat", related_name="user_set", related_query_name="user", verbose_name=_("groupes")
    )

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    personal = {
        "email": replace(
            _("Vous reconnaître et vous écrire"),
            until=_("la clôture du compte"),
            by=lambda user: f"compte-clos-{user.public_id}@invalid.marelle.example",
        ),
        "name": replace(
            _("Vous nommer auprès de vos interlocuteurs"), until=_("la clôture du compte"), by=lambda _: "Compte clos"
        ),
        "phone": replace(_("Vous joindre"), until=_("la clôture du compte"), by=lambda _: ""),
        "last_login": replace(_("Veiller à la sécurité du compte"), until=_("la clôture du compte"), by=lambda _: None),
        "public_id": keep(
            _("Attribuer les décisions dans le journal sans vous nommer"), until=_("dix ans après la fin du mandat")
        ),
    }
    impersonal = "id password is_active is_fictitious joined_at closed_at groups"

    class Meta:
        verbose_name = _("personne")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_one_user_per_email")]

    def __str__(self):
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name that libraries ask for (Wagtail shows who wrote a draft)."""
        return self.name

    @property
    def first_name(self) -> str:
        """What Wagtail calls a person in its menu."""
        return self.short_name

    @property
    def short_name(self) -> str:
        """« Inès M. »: enough to recognise a colleague."""
        first, _, last = self.name.partition(" ")
        return f"{first} {last[0]}." if last else (self.name or self.email.partition("@")[0])

    def has_usable_password(self):
        """Nobody has one, however the row was made."""
        return False

    # The Django admin is not used. Permissions serve the back office of the site alone (Wagtail asks for them); nobody
    # has them all.
    is_staff = False
    is_superuser = False

    def get_all_permissions(self, obj=None) -> set[str]:
        """What the groups of this person allow today: nothing once their roles of the editorial team are over, even
        if nobody has taken the seat away yet."""
        if not self.is_active:
            return set()
        known = getattr(self, "_permissions", None)
        if known is None:
            seated = Permission.objects.filter(group__user=self).values_list("content_type__app_label", "codename")
            known = {f"{app}.{name}" for app, name in seated} if _writes_pages(self) else set()
            self._permissions = known
        return known

    def has_perm(self, perm, obj=None):
        return obj is None and perm in self.get_all_permissions()

    def has_perms(self, perms, obj=None):
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label):
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions())


def _writes_pages(user: User) -> bool:
    from .standing import standing  # It reads memberships, which point here.

    return bool(standing(user).roles & WRITES_PAGES)


class Seat(models.Model):
    """A place in a group of the editorial team, held because of a role (`accounts.actions.seats` keeps them in step).

    Wagtail asks groups who may do what; roles stay the only thing that people give and take.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("personne"))
    group = models.ForeignKey(Group, models.CASCADE, related_name="+", verbose_name=_("groupe de la rédaction"))

    personal = {
        "user": delete(_("Ouvrir l’espace de rédaction du site"), until=_("la fin du rôle, ou la clôture du compte")),
    }
    impersonal = "id group"

    class Meta:
        verbose_name = _("place dans un groupe de la rédaction")
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="accounts_one_seat_per_group")]
