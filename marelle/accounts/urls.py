"""Signing in (allauth) and a person's own pages."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
