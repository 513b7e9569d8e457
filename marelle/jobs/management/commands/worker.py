"""`marelle worker`: sends mails and does long work, as soon as they are asked for."""

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker


class Command(DatabaseWorker):
    help = "Envoie les courriels et fait les travaux longs dès qu’ils sont demandés. À garder en marche."
