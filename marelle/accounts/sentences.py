"""What each kind of audit entry of this app says, in French."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str] = {
    "accounts.organisation.opened": _("a ouvert la collectivité"),
    "accounts.organisation.created": _("a créé l’organisation"),
    "accounts.organisation.followed": _("a rattaché la collectivité au territoire qui a succédé au sien"),
    "accounts.coverage.started": _("a confié un territoire à la délégation"),
    "accounts.coverage.ended": _("a mis fin au suivi d’un territoire par la délégation"),
    "accounts.membership.started": _("a donné un rôle dans l’organisation"),
    "accounts.membership.ended": _("a mis fin à un rôle dans l’organisation"),
    "accounts.invitation.sent": _("a envoyé une invitation"),
    "accounts.invitation.resent": _("a renvoyé une invitation"),
    "accounts.invitation.accepted": _("a accepté une invitation"),
    "accounts.invitation.revoked": _("a retiré une invitation"),
    "accounts.claim.asked": _("a demandé à représenter un territoire"),
    "accounts.claim.accepted": _("a accepté la demande de rattachement"),
    "accounts.claim.refused": _("a refusé la demande de rattachement"),
    "accounts.claim.withdrawn": _("a retiré sa demande de rattachement"),
    "accounts.session.ended": _("a fermé une de ses sessions"),
    "accounts.person.changed": _("a modifié ses coordonnées"),
    "accounts.person.forgotten": _(
        "a effacé les demandes, invitations, sessions et comptes jamais ouverts arrivés à leur terme"
    ),
    "accounts.person.closed": _("a clos son compte"),
}
