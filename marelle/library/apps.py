from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _

from marelle.audit.sentences import describe
from marelle.audit.signals import recorded


def _follow(sender, *, organisation, into, by, at, **news):
    from .actions import practices

    practices.follow(organisation=organisation, into=into, by=by, at=at)


class Library(AppConfig):
    name = "marelle.library"
    verbose_name = "Ressources et pratiques"

    def ready(self):
        from wagtail.signals import published, unpublished

        from marelle.accounts.signals import collectivite_followed
        from marelle.core.lives import bring

        from .actions import editorial, links
        from .models.of_wagtail import declare_wagtail
        from .rules import practices
        from .sentences import SENTENCES

        import_module("marelle.library.tasks")  # Registers its kinds of long work.
        describe(SENTENCES)
        bring(practices.life())
        collectivite_followed.connect(_follow)
        published.connect(editorial.note_publication)
        unpublished.connect(editorial.note_withdrawal)
        for told in (published, unpublished):
            told.connect(links.note_links)
        declare_wagtail()
        self._ask_of_pictures()
        self._can_be_found()
        self._gathers_on_articles()

    def _gathers_on_articles(self):
        from .queries import convention
        from .registry import on_article

        on_article("resources", convention.resources)
        on_article("practices", convention.practices)
        on_article("guides", convention.guides)

    def _ask_of_pictures(self):
        """A text goes online with pictures that may be shown and films that everyone can follow. Wagtail's index of
        references tells where a film is shown, as it does for pictures."""
        from wagtail.models import ReferenceIndex

        from .models import Video
        from .registry import ask_before_publishing
        from .rules.media import may_go_online

        ask_before_publishing(may_go_online)
        ReferenceIndex.register_model(Video)

    def _can_be_found(self):
        """What the library brings to the search, and what tells that it changed: the log, Wagtail, a deletion."""
        from wagtail.signals import published, unpublished

        from .actions import search
        from .models import Article, Guide, Practice, Resource
        from .queries.search import library_sources as brought
        from .registry import searchable

        def by_id(row):
            return [row.public_id]

        searchable("resource", _("ressource"), _("ressources"), every=brought.resources, one=brought.resource,
                   rows={Resource: by_id})  # fmt: skip
        searchable("practice", _("pratique"), _("pratiques"), every=brought.practices, one=brought.practice,
                   rows={Practice: by_id})  # fmt: skip
        searchable("guide", _("guide"), _("guides"), every=brought.guides, one=brought.guide, rows={Guide: by_id})
        searchable("article", _("article de la Convention"), _("articles de la Convention"), every=brought.articles,
                   one=brought.article, rows={Article: lambda row: [str(row.number)]})  # fmt: skip
        recorded.connect(search.rows_changed, dispatch_uid="library.search")
        for told in (published, unpublished, post_delete):
            for model in (Resource, Practice, Guide):
                told.connect(search.rows_changed, sender=model, dispatch_uid=f"library.search.{model.__name__}")
