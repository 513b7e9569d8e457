from django.apps import AppConfig


class Config(AppConfig):
    name = "marelle.config"
    verbose_name = "Installation"
