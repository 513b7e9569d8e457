"""A person's own pages, and the pages of organisations. Signing in is beside (`urls.signing_in`)."""

from django.urls import path

from marelle.accounts.views import claims, invitations, organisations, people

app_name = "accounts"
urlpatterns = [
    path("", people.me, name="me"),
    path("coordonnees/", people.details, name="details"),
    path("courriels/", people.pace, name="pace"),
    path("mes-donnees/", people.data, name="data"),
    path("mes-donnees/export/", people.export, name="export"),
    path("fermer/", people.close, name="close"),
    path("confirmer/", people.confirm, name="confirm"),
    path("rattachement/", claims.start, name="claim_start"),
    path("rattachement/demandes/", claims.index, name="claims"),
    path("rattachement/<str:public_id>/", claims.detail, name="claim"),
    path("rattachement/<str:public_id>/piece/", claims.document, name="claim_document"),
    path("rattachement/<str:public_id>/accepter/", claims.accept, name="claim_accept"),
    path("rattachement/<str:public_id>/refuser/", claims.refuse, name="claim_refuse"),
    path("rattachement/<str:public_id>/retirer/", claims.withdraw, name="claim_withdraw"),
    path("organisations/", organisations.index, name="organisations"),
    path("organisations/nouvelle-delegation/", organisations.create_delegation, name="delegation_create"),
    path("organisations/nouvelle-structure/", organisations.create_structure, name="structure_create"),
    path("organisations/couverture/", organisations.coverage, name="coverage"),
    path("organisations/<str:public_id>/", organisations.detail, name="organisation"),
    path("organisations/<str:public_id>/inviter/", organisations.invite, name="invite"),
    path("organisations/<str:public_id>/successeur/", organisations.follow, name="follow"),
    path("organisations/<str:public_id>/territoires/", organisations.cover, name="cover"),
    path("organisations/<str:public_id>/territoires/<str:code>/fin/", organisations.uncover, name="uncover"),
    path("appartenances/<str:public_id>/fin/", organisations.end_membership, name="membership_end"),
    path("invitations/<str:public_id>/retirer/", invitations.revoke, name="invitation_revoke"),
    path("invitations/<str:public_id>/renvoyer/", invitations.resend, name="invitation_resend"),
    path("invitation/<str:token>/", invitations.answer, name="invitation"),
    path("invitation/<str:token>/accepter/", invitations.accept, name="invitation_accept"),
]
