from django.apps import AppConfig
from django.utils import timezone

from marelle.audit.sentences import describe


def _who():
    """Who is acting in the back office; nobody when the clock publishes."""
    from wagtail.log_actions import get_active_log_context

    return get_active_log_context().user


def _published(sender, *, instance, **news):
    from .actions import editorial

    editorial.published(page=instance, by=_who(), at=timezone.now())


def _unpublished(sender, *, instance, **news):
    from .actions import editorial

    editorial.unpublished(page=instance, by=_who(), at=timezone.now())


def _moved(sender, *, instance, **news):
    from .actions import editorial

    editorial.moved(page=instance, by=_who(), at=timezone.now())


def _deleted(sender, *, instance, **news):
    from .actions import editorial

    editorial.deleted(page=instance, by=_who(), at=timezone.now())


class Portal(AppConfig):
    name = "marelle.portal"
    verbose_name = "Portail"

    def ready(self):
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, page_unpublished, post_page_move

        from . import (
            models,
            tasks,  # noqa: F401 - registers its kinds of work
        )
        from .queries.proposals import of_the_nation
        from .registry import proposal_counts, show_page
        from .sentences import SENTENCES
        from .views.site import show

        describe(SENTENCES)
        if of_the_nation not in proposal_counts:
            proposal_counts.append(of_the_nation)
        if show not in show_page:
            show_page.append(show)
        page_published.connect(_published)
        page_unpublished.connect(_unpublished)
        post_page_move.connect(_moved)
        for name in models.__all__:
            post_delete.connect(_deleted, sender=getattr(models, name))
