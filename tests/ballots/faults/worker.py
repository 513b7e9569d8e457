"""One process of children voting, until it is killed: `python -m tests.ballots.faults.worker STATION PREFIX [NAMES…]`.

Says `try NAME` before each sending and `ack NAME` once it is acknowledged. With a file of names: sends these again.
"""

import os
import sys
import time
from itertools import count
from pathlib import Path


def names(prefix: str, again: str):
    if again:
        yield from Path(again).read_text().split()
        return
    for number in count():
        yield f"{prefix}-{number:020d}"


def main(station_id: str, prefix: str, again: str = "") -> None:
    import django

    django.setup()
    from django.db import OperationalError
    from django.utils import timezone

    from marelle.ballots.actions import casting
    from marelle.ballots.models import Station

    say = lambda line: os.write(1, f"{line}\n".encode())  # noqa: E731 unbuffered: said is said
    while True:
        try:
            station = Station.objects.select_related("box").get(pk=int(station_id))
            break
        except OperationalError:
            time.sleep(0.1)
    say("ready")
    for name in names(prefix, again):
        say(f"try {name}")
        new = casting.cast(station=station, answers={"mood": "good"}, words={}, sending=name, at=timezone.now())
        say(f"ack {name} {'new' if new else 'again'}")
        time.sleep(0.002)  # A child breathes: on SQLite the next writer gets its turn.


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "marelle.config.settings"
    main(*sys.argv[1:])
