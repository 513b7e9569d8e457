from django.apps import AppConfig


class Territories(AppConfig):
    name = "marelle.territories"
    verbose_name = "Territoires"
