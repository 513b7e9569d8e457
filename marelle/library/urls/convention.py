"""The articles."""

urlpatterns: list = []
