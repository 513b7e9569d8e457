from django.apps import AppConfig


class Core(AppConfig):
    name = "marelle.core"
    verbose_name = "Socle"
