from django.apps import AppConfig


class Ui(AppConfig):
    name = "marelle.ui"
    verbose_name = "Système visuel"
