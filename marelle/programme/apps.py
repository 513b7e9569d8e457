import pkgutil
from importlib import import_module

from django.apps import AppConfig

from marelle.audit.sentences import describe


class Programme(AppConfig):
    name = "marelle.programme"
    verbose_name = "Programme"

    def ready(self):
        from . import rules
        from .sentences import SENTENCES

        describe(SENTENCES)
        # Each subject's rules are read, so that none of their conditions on a move is forgotten.
        for module in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
            import_module(module.name)
