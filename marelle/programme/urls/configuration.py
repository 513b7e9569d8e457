"""Doors to what the programme asks: its routes, their versions, what changed between two."""

from django.urls import path

from marelle.programme.views import configuration as views

ROUTE = "<str:mandate>/<slug:route>/"

urlpatterns = [
    path(f"parcours/{ROUTE}", views.asked, name="asked"),
    path("programme-national/versions/", views.versions, name="versions"),
    path(f"programme-national/versions/{ROUTE}<int:number>/", views.version, name="version"),
    path(f"programme-national/versions/{ROUTE}<int:old>-<int:new>/", views.difference, name="version_difference"),
]
