from django.apps import AppConfig

from marelle.audit.sentences import describe


class Ballots(AppConfig):
    name = "marelle.ballots"
    verbose_name = "Bulletins secrets"

    def ready(self):
        from .sentences import SENTENCES

        describe(SENTENCES)
