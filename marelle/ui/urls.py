"""Doors of ui (demonstration and development only)."""

app_name = "ui"
urlpatterns: list = []
