"""Doors of the light network: join, confirm, member page, leave."""

from django.urls import path

from marelle.programme.views import network as views

urlpatterns = [
    path("reseau/rejoindre/", views.join, name="network_join"),
    path("reseau/rejoindre/<str:organisation>/", views.join_for, name="network_join_for"),
    path("reseau/demandes/", views.requests, name="network_requests"),
    path("reseau/adhesions/<str:public_id>/", views.membership, name="network_membership"),
    path("reseau/adhesions/<str:public_id>/confirmer/", views.confirm, name="network_confirm"),
    path("reseau/adhesions/<str:public_id>/refuser/", views.refuse, name="network_refuse"),
    path("reseau/adhesions/<str:public_id>/quitter/", views.leave, name="network_leave"),
    path("reseau/adhesions/<str:public_id>/attestation.pdf", views.attestation, name="network_attestation"),
]
