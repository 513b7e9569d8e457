"""Doors of the light network: join, confirm, member page, leave."""

urlpatterns: list = []
