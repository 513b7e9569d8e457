"""What the worker does between two lessons."""

from django.utils import timezone
from django_tasks import task


@task()
def open_envelopes(station_id: int) -> int:
    from marelle.ballots.actions import opening
    from marelle.ballots.models import Station

    station = Station.objects.filter(pk=station_id).first()
    return opening.open_waiting(station=station, at=timezone.now()) if station else 0
