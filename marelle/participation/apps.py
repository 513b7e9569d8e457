from django.apps import AppConfig

from marelle.audit.sentences import describe


def _take_in(sender, *, station, words, at, **news):
    from .actions import verbatims

    verbatims.take_in(station=station, words=words, at=at)


def _follow(sender, *, organisation, into, by, at, **news):
    from .actions import consultations, councils, proposal_chores

    proposal_chores.follow(organisation=organisation, into=into, by=by, at=at)
    councils.follow(organisation=organisation, into=into, by=by, at=at)
    consultations.follow(organisation=organisation, into=into, by=by, at=at)


class Participation(AppConfig):
    name = "marelle.participation"
    verbose_name = "Participation des enfants"

    def ready(self):
        from marelle.accounts.signals import collectivite_followed
        from marelle.ballots.signals import words_opened
        from marelle.core.lives import bring
        from marelle.library.registry import on_article

        from . import tasks  # noqa: F401 - registers its kinds of work
        from .queries import on_articles
        from .rules import alerts, consultations, elections, proposals, verbatims
        from .sentences import SENTENCES

        describe(SENTENCES)
        for noun in (alerts, consultations, elections, proposals, verbatims):
            bring(noun.life())
        on_article("proposals", on_articles.proposals)
        words_opened.connect(_take_in)
        collectivite_followed.connect(_follow)
