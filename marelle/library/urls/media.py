"""Pictures and films."""

urlpatterns: list = []
