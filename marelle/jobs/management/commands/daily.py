"""`marelle daily`: what a timer does each day (send mails that are due, remind, tidy up)."""

from marelle.jobs.chores import run_daily
from marelle.jobs.management.timer import Timer


class Command(Timer):
    help = "Fait ce qui est à faire chaque jour. Sans danger si on le lance deux fois."
    run_chores = staticmethod(run_daily)
