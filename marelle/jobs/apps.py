from django.apps import AppConfig


class Jobs(AppConfig):
    name = "marelle.jobs"
    verbose_name = "Travaux"
