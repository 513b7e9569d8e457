"""`marelle worker`: sends mails and does long work, as soon as they are asked for."""

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker


class Command(DatabaseWorker):
    help = "Envoie les courriels et fait les travaux longs dès qu’ils sont demandés. À garder en marche."

    def configure_logging(self, verbosity):
        """Each task told in two lines hides what matters: the installation's own level decides, unless asked (-v 2)."""
        if verbosity > 1:
            super().configure_logging(verbosity)
