"""Favourites and lists, and « used it? »."""

urlpatterns: list = []
