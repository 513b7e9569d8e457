from django.apps import AppConfig


class Portal(AppConfig):
    name = "marelle.portal"
    verbose_name = "Portail"

    def ready(self):
        from . import tasks  # noqa: F401 - registers its kinds of work
