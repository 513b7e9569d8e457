from django.apps import AppConfig


class Documents(AppConfig):
    name = "marelle.documents"
    verbose_name = "Documents"
