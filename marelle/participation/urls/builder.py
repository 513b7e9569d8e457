"""Doors of the questionnaire: where it is written, tried and heard."""

from django.urls import path

from marelle.participation.views import builder, preview, questions

HERE = "consultations/<str:public_id>/questionnaire/"

urlpatterns = [
    path("questionnaires/dessins/", questions.pictograms, name="pictograms"),
    path("consultations/<str:public_id>/sons/<str:file_id>/", preview.recording, name="recording"),
    path(HERE, builder.questionnaire, name="questionnaire"),
    path(f"{HERE}faire/", builder.act, name="questionnaire_act"),
    path(f"{HERE}ajouter/", builder.add, name="question_add"),
    path(f"{HERE}banque/", builder.bank, name="question_bank"),
    path(f"{HERE}apercu/", preview.preview, name="questionnaire_preview"),
    path(f"{HERE}apercu/telephone/", preview.phone, name="questionnaire_phone"),
    path(f"{HERE}questions/<str:key>/", questions.question, name="question"),
    path(f"{HERE}questions/<str:key>/son/", questions.sound, name="question_sound"),
]
