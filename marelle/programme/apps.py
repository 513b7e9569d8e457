import pkgutil
from importlib import import_module

from django.apps import AppConfig

from marelle.audit.sentences import describe


def _follow(sender, *, organisation, into, by, at, **news):
    from .actions import mergers

    mergers.follow(organisation=organisation, into=into, by=by, at=at)


class Programme(AppConfig):
    name = "marelle.programme"
    verbose_name = "Programme"

    def ready(self):
        from marelle.accounts.signals import collectivite_followed

        from . import rules
        from .sentences import SENTENCES

        describe(SENTENCES)
        # Each subject's rules are read, so that none of their conditions on a move is forgotten.
        for module in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
            import_module(module.name)
        collectivite_followed.connect(_follow)
