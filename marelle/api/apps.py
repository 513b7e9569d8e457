from django.apps import AppConfig


class Api(AppConfig):
    name = "marelle.api"
    verbose_name = "API"
