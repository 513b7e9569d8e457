"""The search, and searches kept."""

from django.urls import path

from marelle.library.views import search

urlpatterns: list = [
    path("recherche/", search.page, name="search"),
    path("recherche/suggestions/", search.suggestions, name="search_suggestions"),
]
