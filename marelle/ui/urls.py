"""Doors of ui (demonstration and development only)."""

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("erreurs/<int:code>/", views.error, name="error"),
]
