"""The articles."""

from django.urls import path

from marelle.library.views import convention as views

urlpatterns = [
    path("convention/", views.convention, name="convention"),
    path("convention/<int:number>/", views.article, name="article"),
]
