from django.apps import AppConfig


class Portal(AppConfig):
    name = "marelle.portal"
    verbose_name = "Portail"

    def ready(self):
        from . import tasks  # noqa: F401 - registers its kinds of work
        from .queries.proposals import of_the_nation
        from .registry import proposal_counts

        if of_the_nation not in proposal_counts:
            proposal_counts.append(of_the_nation)
