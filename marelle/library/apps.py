from django.apps import AppConfig

from marelle.audit.sentences import describe


class Library(AppConfig):
    name = "marelle.library"
    verbose_name = "Ressources et pratiques"

    def ready(self):
        from wagtail.signals import published, unpublished

        from .actions import editorial
        from .sentences import SENTENCES

        describe(SENTENCES)
        published.connect(editorial.note_publication)
        unpublished.connect(editorial.note_withdrawal)
