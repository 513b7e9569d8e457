"""The search, and searches kept."""

urlpatterns: list = []
