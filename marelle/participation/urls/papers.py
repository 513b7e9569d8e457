"""Doors of paper: what is printed, what is typed in."""

from django.urls import path

from marelle.participation.views import papers

urlpatterns = [
    path("consultations/<str:public_id>/papier/questionnaire.pdf", papers.questionnaire, name="paper_questionnaire"),
    path("consultations/<str:public_id>/papier/comptage.pdf", papers.tally, name="paper_tally"),
    path("seances/<str:public_id>/papier/", papers.enter, name="paper_enter"),
    path("seances/<str:public_id>/papier/<str:bundle_id>/", papers.bundle, name="paper_bundle"),
    path("seances/<str:public_id>/papier/<str:bundle_id>/corriger/", papers.correct, name="paper_correct"),
    path("seances/<str:public_id>/papier/<str:bundle_id>/retirer/", papers.drop, name="paper_drop"),
]
