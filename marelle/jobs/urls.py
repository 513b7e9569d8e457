"""Doors of long work, under `/travaux/`."""

from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("", views.mine, name="list"),
    path("<slug:public_id>/", views.detail, name="detail"),
    path("<slug:public_id>/resultat/", views.result, name="result"),
    path("<slug:public_id>/relancer/", views.retry, name="retry"),
]
