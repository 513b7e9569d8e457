"""What Marelle holds about one person, worked out from what each model declares about its fields.

In a model's `personal`, the first field that names a person (a link to a user, or an address) is the person the
other personal fields are about. A row reached by another link (« who checked this claim ») tells only that
link: its other words belong to somebody else. What a model declares about children belongs to no account at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marelle.accounts.models import User
from marelle.core import privacy
from marelle.core.privacy import How, Personal, delete, is_about_children

SECRETS = {"token", "key", "password", "session_key"}
"""Never shown, not even to the person: whoever reads the export could sign in with them."""

OF_OTHERS: dict[type[models.Model], dict[str, Personal]] = {
    EmailAddress: {"user": delete(_("Vous reconnaître"), until=_("la clôture du compte")),
                   "email": delete(_("Vous reconnaître et vous écrire"), until=_("la clôture du compte"))},
    UserSession: {"user": delete(_("Vous montrer vos sessions ouvertes"), until=_("la fin de la session")),
                  "ip": delete(_("Reconnaître une session qui n’est pas la vôtre"), until=_("la fin de la session")),
                  "user_agent": delete(_("Reconnaître une session qui n’est pas la vôtre"), until=_("la fin de la session"))},
    Authenticator: {"user": delete(_("Vérifier que c’est bien vous"), until=_("le retrait du second facteur"))},
    SocialAccount: {"user": delete(_("Vous reconnaître avec ProConnect"), until=_("la clôture du compte")),
                    "uid": delete(_("Vous reconnaître avec ProConnect"), until=_("la clôture du compte")),
                    "extra_data": delete(_("Savoir pour quelle organisation vous travaillez"), until=_("la clôture du compte"))},
}  # fmt: skip
"""Models of the libraries we use: declared here, since they cannot say it themselves."""

NAMES = {
    EmailAddress: _("adresse électronique"),
    UserSession: _("session ouverte"),
    Authenticator: _("second facteur"),
    SocialAccount: _("lien avec ProConnect"),
}


@dataclass(frozen=True)
class Line:
    """One personal field, in words."""

    label: str
    purpose: str
    until: str
    how: How


@dataclass
class Section:
    """What one model holds about one person."""

    model: type[models.Model]
    name: str
    lines: list[Line]
    count: int
    rows: list[dict[str, Any]] = field(default_factory=list)


def register() -> dict[type[models.Model], dict[str, Personal]]:
    return privacy.register() | OF_OTHERS


def links(model: type[models.Model], declared: dict[str, Personal]) -> list[models.Field]:
    """The declared fields that name a person, the subject first."""
    named = [model._meta.get_field(name) for name in declared]
    return [f for f in named if isinstance(f, models.Field) and _names_a_person(f)]


def _names_a_person(f: Any) -> bool:
    return (f.is_relation and f.related_model is User) or isinstance(f, models.EmailField)


def _is(f: Any, user: User) -> Q:
    if f.is_relation:
        return Q(**{f.name: user.pk})
    return Q(**{f"{f.name}__iexact": user.email}) if user.email else Q(pk__in=[])


def about(model: type[models.Model], declared: dict[str, Personal], user: User):
    """The rows of which this person is the subject."""
    if model is User:
        return User.objects.filter(pk=user.pk)
    who = [] if is_about_children(model) else links(model, declared)
    # Several spellings of the subject: a mail goes to a user or to an address.
    subjects = [f for f in who if f is who[0] or not f.is_relation]
    query = Q(pk__in=[])
    for f in subjects:
        query |= _is(f, user)
    return model._base_manager.filter(query) if who else model._base_manager.none()


def touching(model: type[models.Model], declared: dict[str, Personal], user: User):
    """The rows where this person is named by another link than the subject's: (link, rows)."""
    if model is User:
        return
    mine = about(model, declared, user).values("pk")
    named = links(model, declared)
    for f in named if is_about_children(model) else named[1:]:
        if f.is_relation:
            yield f, model._base_manager.filter(_is(f, user)).exclude(pk__in=mine)


def held_about(user: User, *, with_rows: bool = False) -> Iterator[Section]:
    """Section by section; with the values when they are asked for (the export)."""
    for model, declared in register().items():
        rows = about(model, declared, user)
        if model._meta.label == "audit.Entry":  # No foreign key there: the opaque identifier is what links.
            rows = model._base_manager.filter(actor=user.public_id)
        others = list(touching(model, declared, user))
        count = rows.count() + sum(named.count() for _, named in others)
        if not count:
            continue
        section = Section(model, str(NAMES.get(model) or privacy.name_of(model)), list(_lines(model, declared)), count)
        if with_rows:
            section.rows += [_row(row, declared) for row in rows.iterator()]
            for link, named in others:
                section.rows += [{"identifiant": _id(row), in_words(link): str(user)} for row in named.iterator()]
        yield section


IN_WORDS = {
    "user": _("la personne"),
    "to_user": _("la personne"),
    "token": _("lien secret"),
    "uid": _("identifiant chez ProConnect"),
    "extra_data": _("ce que ProConnect a dit de vous"),
    "ip": _("adresse du réseau"),
    "content": _("contenu"),
    "data": _("contenu"),
    "comment": _("remarque"),
    "to": _("destinataire"),
    "subject": _("objet"),
    "text": _("texte"),
    "html": _("texte mis en page"),
    "user_agent": _("navigateur"),
    "public_id": _("identifiant opaque"),
    "email": _("adresse électronique"),
    "email address": _("adresse électronique"),
}
"""Fields that have no name of their own in French: those that are links, and those of libraries."""
BY = {"by": _("qui l’a fait"), "of": _("à qui c’est demandé")}


def in_words(f: Any) -> str:
    """A field as a person would call it."""
    said = str(f.verbose_name)
    if f.name in IN_WORDS and said in {f.name, f.name.replace("_", " "), *IN_WORDS}:
        return str(IN_WORDS[f.name])
    if said == f.name.replace("_", " ") and f.is_relation:
        return str(BY.get(f.name.rpartition("_")[2], _("la personne")))
    return said


def _lines(model: type[models.Model], declared: dict[str, Personal]) -> Iterator[Line]:
    for name, how in declared.items():
        yield Line(in_words(model._meta.get_field(name)), str(how.purpose), str(how.until), how.how)


def _id(row: models.Model) -> str:
    return str(getattr(row, "public_id", row.pk))


def _row(row: models.Model, declared: dict[str, Personal]) -> dict[str, Any]:
    said: dict[str, Any] = {"identifiant": _id(row)}
    for name in declared:
        f = row._meta.get_field(name)
        if name in SECRETS:
            continue
        value = getattr(row, name)
        said[in_words(f)] = value if isinstance(value, str | int | float | bool | dict | list | None) else str(value)
    return said


def fate(user: User) -> dict[str, list[tuple[str, Line]]]:
    """What closing the account erases, and what it keeps and why: two lists of (section, line)."""
    gone: list[tuple[str, Line]] = []
    kept: list[tuple[str, Line]] = []
    for section in held_about(user):
        for line in section.lines:
            (kept if line.how == How.KEEP else gone).append((section.name, line))
    return {"gone": gone, "kept": kept}
