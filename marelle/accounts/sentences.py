"""What each kind of audit entry of this app says, in French."""

SENTENCES: dict[str, str] = {
    "accounts.organisation.opened": "a ouvert la collectivité",
    "accounts.organisation.created": "a créé l’organisation",
    "accounts.organisation.followed": "a rattaché la collectivité au territoire qui a succédé au sien",
    "accounts.coverage.started": "a confié un territoire à la délégation",
    "accounts.coverage.ended": "a mis fin au suivi d’un territoire par la délégation",
    "accounts.membership.started": "a donné un rôle dans l’organisation",
    "accounts.membership.ended": "a mis fin à un rôle dans l’organisation",
    "accounts.invitation.sent": "a envoyé une invitation",
    "accounts.invitation.resent": "a renvoyé une invitation",
    "accounts.invitation.accepted": "a accepté une invitation",
    "accounts.invitation.revoked": "a retiré une invitation",
    "accounts.claim.asked": "a demandé à représenter un territoire",
    "accounts.claim.accepted": "a accepté la demande de rattachement",
    "accounts.claim.refused": "a refusé la demande de rattachement",
    "accounts.claim.withdrawn": "a retiré sa demande de rattachement",
    "accounts.person.changed": "a modifié ses coordonnées",
    "accounts.person.forgotten": "a effacé les demandes et invitations arrivées à leur terme",
    "accounts.person.closed": "a clos son compte",
}
