from django.apps import AppConfig

from marelle.audit.sentences import describe


class Accounts(AppConfig):
    name = "marelle.accounts"
    verbose_name = "Personnes"

    def ready(self):
        from allauth.mfa.signals import authenticator_added
        from allauth.socialaccount.providers import registry

        from .middleware import remember_second_factor
        from .providers import ProConnectProvider
        from .sentences import SENTENCES

        describe(SENTENCES)
        registry.register(ProConnectProvider)
        authenticator_added.connect(remember_second_factor)
