from django.apps import AppConfig

from marelle.audit.sentences import describe


class Jobs(AppConfig):
    name = "marelle.jobs"
    verbose_name = "Travaux"

    def ready(self):
        from .sentences import SENTENCES

        describe(SENTENCES)
