"""Doors of a candidacy: declare it, see where it stands, move it along."""

from django.urls import path

from marelle.programme.views import candidacies, commission, waiting

urlpatterns = [
    path("candidatures/nouvelle/", candidacies.intention, name="intention"),
    path("candidatures/a-traiter/", waiting.waiting, name="waiting"),
    path("candidatures/a-traiter/confirmer/", waiting.confirm_many, name="confirm_many"),
    path("candidatures/<str:public_id>/", candidacies.candidacy, name="candidacy"),
    path("candidatures/<str:public_id>/confirmer/", candidacies.confirm, name="confirm"),
    path("candidatures/<str:public_id>/retirer/", candidacies.abandon, name="abandon"),
    path("candidatures/<str:public_id>/echeance/", candidacies.extend, name="extend"),
    path("candidatures/<str:public_id>/commission/", commission.send, name="commission"),
    path("candidatures/<str:public_id>/reprendre/", commission.send_back, name="send_back"),
]
