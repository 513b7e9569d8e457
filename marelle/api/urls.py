"""The machine face."""

app_name = "api"
urlpatterns: list = []
