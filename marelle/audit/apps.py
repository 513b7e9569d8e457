from django.apps import AppConfig


class Audit(AppConfig):
    name = "marelle.audit"
    verbose_name = "Journal"
