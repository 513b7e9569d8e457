from django.apps import AppConfig

from marelle.audit.sentences import describe


class Demo(AppConfig):
    name = "marelle.demo"
    verbose_name = "Démonstration"

    def ready(self):
        from .sentences import SENTENCES

        describe(SENTENCES)
