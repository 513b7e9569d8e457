"""Doors of verbatims."""

from django.urls import path

from marelle.participation.views import verbatims as views

ONE = "consultations/<str:public_id>/paroles/<str:verbatim>/"
urlpatterns = [
    path("paroles/", views.queues, name="verbatims"),
    path("consultations/<str:public_id>/paroles.csv", views.export, name="verbatims_csv"),
    path("consultations/<str:public_id>/paroles/", views.queue, name="verbatim_queue"),
    path("consultations/<str:public_id>/paroles/ensemble/", views.together, name="verbatims_together"),
    path("consultations/<str:public_id>/paroles/annuler/", views.undo, name="verbatims_undo"),
    path("consultations/<str:public_id>/paroles/proches/", views.likeness, name="verbatims_alike"),
    path(ONE, views.one, name="verbatim"),
    path(f"{ONE}ecarter/", views.refuse, name="verbatim_refuse"),
    path(f"{ONE}remettre/", views.put_back, name="verbatim_put_back"),
    path(f"{ONE}signaler/", views.report, name="verbatim_report"),
]
