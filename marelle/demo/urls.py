"""Doors of demo. They exist in the demonstration only (`marelle.config.urls`)."""

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("entrer/<str:public_id>/", views.sign_in, name="sign_in"),
]
