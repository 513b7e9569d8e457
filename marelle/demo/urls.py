"""Doors of demo (demonstration and development only)."""

app_name = "demo"
urlpatterns: list = []
