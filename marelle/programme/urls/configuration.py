"""Doors to what the programme asks: its routes, their versions, what changed between two."""

urlpatterns: list = []
