"""The search, and searches kept."""

from django.urls import path

from marelle.library.views import saved_searches, search

urlpatterns: list = [
    path("recherche/", search.page, name="search"),
    path("recherche/suggestions/", search.suggestions, name="search_suggestions"),
    path("recherche/garder/", saved_searches.keep, name="search_keep"),
    path("recherche/gardees/", saved_searches.saved, name="search_saved"),
    path("recherche/confirmer/<str:token>/", saved_searches.confirm, name="search_confirm"),
    path("recherche/arreter/<str:token>/", saved_searches.stop, name="search_stop"),
]
