from django.apps import AppConfig

from marelle.audit.sentences import describe


class Territories(AppConfig):
    name = "marelle.territories"
    verbose_name = "Territoires"

    def ready(self):
        from .sentences import SENTENCES

        describe(SENTENCES)
