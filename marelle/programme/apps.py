from django.apps import AppConfig

from marelle.audit.sentences import describe


class Programme(AppConfig):
    name = "marelle.programme"
    verbose_name = "Programme"

    def ready(self):
        from .sentences import SENTENCES

        describe(SENTENCES)
