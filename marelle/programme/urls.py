"""Doors of the programme. French paths, English names."""

app_name = "programme"
urlpatterns: list = []
