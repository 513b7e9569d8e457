from django.apps import AppConfig


class Portal(AppConfig):
    name = "marelle.portal"
    verbose_name = "Portail"
