from django.apps import AppConfig


class Notifications(AppConfig):
    name = "marelle.notifications"
    verbose_name = "Courriels"
