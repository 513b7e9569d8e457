from django.apps import AppConfig

from marelle.audit.sentences import describe


class Accounts(AppConfig):
    name = "marelle.accounts"
    verbose_name = "Personnes"

    def ready(self):
        from allauth.mfa.signals import authenticator_added

        from .middleware import remember_second_factor
        from .sentences import SENTENCES

        describe(SENTENCES)
        authenticator_added.connect(remember_second_factor)
