from django.apps import AppConfig

from marelle.audit.sentences import describe


class Library(AppConfig):
    name = "marelle.library"
    verbose_name = "Ressources et pratiques"

    def ready(self):
        from .sentences import SENTENCES

        describe(SENTENCES)
