"""Read chapter by chapter."""

urlpatterns: list = []
