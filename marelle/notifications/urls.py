"""Doors of notifications (demonstration and development only)."""

app_name = "notifications"
urlpatterns: list = []
