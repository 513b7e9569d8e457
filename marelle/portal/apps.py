from functools import partial

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marelle.audit.sentences import describe


def _who():
    """Who is acting in the back office; nobody when the clock publishes."""
    from wagtail.log_actions import get_active_log_context

    return get_active_log_context().user


def _published(sender, *, instance, revision=None, **news):
    """Sent for a publication, for a copy that is public at once, and when one is only planned."""
    from .actions import editorial

    if not instance.live or getattr(revision, "approved_go_live_at", None):
        return
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


def _found_elsewhere(sender, *, instance, **news):
    """A page moved, and all that stands under it: their addresses in the search too."""
    from marelle.library.actions.search import refresh

    from .queries import findable

    for kind, keys in findable.family(instance).items():
        refresh(kind, *keys)


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
        self._can_be_found()
        self._finds_ones_own()

    def _can_be_found(self):
        """What anyone may find beyond the library, and what tells that it changed: the log, and Wagtail of its pages."""
        from django.db.models.signals import post_delete
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

        from marelle.library.actions.search import rows_changed
        from marelle.library.registry import searchable
        from marelle.participation.models import Consultation, Proposal
        from marelle.programme.models import Candidacy, NetworkMembership

        from .queries import findable

        def by_id(row):
            return [row.public_id]

        searchable("proposal", _("proposition d’enfants"), _("propositions d’enfants"), every=findable.proposals,
                   one=findable.proposal, rows={Proposal: by_id})  # fmt: skip
        searchable("consultation", _("consultation"), _("consultations"), every=findable.consultations,
                   one=findable.consultation, rows={Consultation: by_id})  # fmt: skip
        searchable("member", _("territoire engagé"), _("territoires engagés"), every=findable.taking_part,
                   one=findable.one_taking_part,
                   rows={Candidacy: findable.code_of, NetworkMembership: findable.code_of})  # fmt: skip
        classes = findable.page_classes()
        for kind, label, plural in (
            ("page", _("page du site"), _("pages du site")),
            ("news", _("actualité"), _("actualités")),
            ("event", _("rendez-vous"), _("rendez-vous")),
        ):
            rows = {model: lambda row: [str(row.pk)] for model in classes if findable.kind_of(model) == kind}
            if rows:
                searchable(kind, label, plural, every=partial(findable.pages, kind),
                           one=partial(findable.one_page, kind), rows=rows)  # fmt: skip
        for model in classes:
            for told in (page_published, page_unpublished, post_delete):
                told.connect(rows_changed, sender=model, dispatch_uid=f"portal.search.{model.__name__}")
        for moved in (page_slug_changed, post_page_move):
            moved.connect(_found_elsewhere, dispatch_uid="portal.search.moved")

    def _finds_ones_own(self):
        """What a person signed in finds of their own."""
        from marelle.library.registry import own

        from .queries import own as mine

        own("candidacy", _("candidature"), find=mine.candidacies)
        own("session", _("séance"), find=mine.sessions)
        own("draft_consultation", _("consultation en préparation"), find=mine.consultations)
        own("draft_proposal", _("proposition en préparation"), find=mine.proposals)
        own("draft_practice", _("pratique en préparation"), find=mine.practices)
