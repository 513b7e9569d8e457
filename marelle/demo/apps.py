from django.apps import AppConfig


class Demo(AppConfig):
    name = "marelle.demo"
    verbose_name = "Démonstration"
