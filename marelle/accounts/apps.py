from django.apps import AppConfig

from marelle.audit.sentences import describe


class Accounts(AppConfig):
    name = "marelle.accounts"
    verbose_name = "Personnes"

    def ready(self):
        from .sentences import SENTENCES

        describe(SENTENCES)
