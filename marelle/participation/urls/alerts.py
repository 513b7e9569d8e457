"""Doors of alerts."""

from django.urls import path

from marelle.participation.views import alerts as views

urlpatterns = [
    path("alertes/", views.listed, name="alerts"),
    path("alertes/<str:public_id>/", views.one, name="alert"),
    path("alertes/<str:public_id>/lire/", views.read, name="alert_read"),
    path("alertes/<str:public_id>/prendre/", views.take, name="alert_take"),
    path("alertes/<str:public_id>/noter/", views.note, name="alert_note"),
    path("alertes/<str:public_id>/clore/", views.close, name="alert_close"),
    path("alertes/<str:public_id>/rouvrir/", views.reopen, name="alert_reopen"),
    path("alertes/<str:public_id>/rendre/", views.give_back, name="alert_give_back"),
]
