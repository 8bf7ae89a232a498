"""Too many mails of one sender: a loop between machines, or somebody who wants to drown us."""

from datetime import timedelta

from django.db.models import QuerySet

from gateways.models import Arrival

MOST = 10
WITHIN = timedelta(minutes=10)


def is_flood(arrival: Arrival) -> bool:
    """Whether this is the tenth mail of its sender in ten minutes, or a later one. Bounces don't count."""
    sender = arrival.sender or arrival.envelope_from
    if not sender or arrival.released_at:
        return False
    return _lately(arrival, sender).count() >= MOST - 1


def is_first_held(arrival: Arrival) -> bool:
    """Nothing of this sender was held lately: the one of which somebody is told."""
    return not _lately(arrival, arrival.sender or arrival.envelope_from).filter(state=Arrival.State.HELD).exists()


def _lately(arrival: Arrival, sender: str) -> QuerySet[Arrival]:
    field = "sender" if arrival.sender else "envelope_from"
    since = arrival.arrived_at - WITHIN
    before = Arrival.objects.filter(**{field: sender}, arrived_at__gt=since, arrived_at__lte=arrival.arrived_at)
    return before.exclude(pk=arrival.pk).exclude(refusal="Bounce")
