"""`marelle hourly`: what a timer does each hour (send mails that are due, remind, tidy up)."""

from marelle.jobs.chores import run_hourly
from marelle.jobs.management.timer import Timer


class Command(Timer):
    help = "Fait ce qui est à faire chaque heure. Sans danger si on le lance deux fois."
    run_chores = staticmethod(run_hourly)
