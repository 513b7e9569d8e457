"""Doors of consultations: what anyone reads, and what those who prepare them do."""

from django.urls import path

from marelle.participation.views import consultations, consultations_life, stewards

urlpatterns = [
    path("consultations/", consultations.consultations, name="consultations"),
    path("consultations/nouvelle/", consultations.new, name="consultation_new"),
    path("consultations/<str:public_id>/", consultations.consultation, name="consultation"),
    path("consultations/<str:public_id>/modifier/", consultations.edit, name="consultation_edit"),
    path("consultations/<str:public_id>/copier/", consultations.duplicate, name="consultation_duplicate"),
    path("consultations/<str:public_id>/ouvrir/", consultations_life.open_, name="consultation_open"),
    path("consultations/<str:public_id>/ajuster/", consultations_life.adjust, name="consultation_adjust"),
    path("consultations/<str:public_id>/clore/", consultations_life.close, name="consultation_close"),
    path("consultations/<str:public_id>/repondre/", consultations_life.answer, name="consultation_answer"),
    path("consultations/<str:public_id>/abandonner/", consultations_life.cancel, name="consultation_cancel"),
    path("consultations/<str:public_id>/equipe/", stewards.stewards, name="consultation_stewards"),
    path(
        "consultations/<str:public_id>/equipe/<str:person>/<str:duty>/",
        stewards.thank,
        name="consultation_thank",
    ),
]
