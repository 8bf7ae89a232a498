"""Too many mails of one sender: a loop between machines, or somebody who wants to drown us."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count, QuerySet

from gateways.models import Arrival

MOST = 10
WITHIN = timedelta(minutes=10)


def is_flood(arrival: Arrival) -> bool:
    """Whether this is the tenth mail of its sender in ten minutes, or a later one. Bounces don't count."""
    sender = sender_of(arrival)
    if not sender or arrival.released_at:
        return False
    return _lately(arrival, sender).count() >= MOST - 1


def busy_among(arrivals: Collection[Arrival]) -> frozenset[str]:
    """Those of their senders who sent so many lately that each mail of theirs has to be looked at."""
    named = {arrival.sender for arrival in arrivals if arrival.sender}
    nameless = {sender_of(arrival) for arrival in arrivals if not arrival.sender}
    since = min(arrival.arrived_at for arrival in arrivals) - WITHIN
    lately = Arrival.objects.filter(sender__in=named, arrived_at__gt=since).order_by()
    sent = lately.values("sender").annotate(mails=Count("pk")).filter(mails__gte=MOST)
    return frozenset(nameless.union(sent.values_list("sender", flat=True) if named else ()))


def sender_of(arrival: Arrival) -> str:
    return arrival.sender or arrival.envelope_from


def is_first_held(arrival: Arrival) -> bool:
    """Nothing of this sender was held lately: the one of which somebody is told."""
    return not _lately(arrival, sender_of(arrival)).filter(state=Arrival.State.HELD).exists()


def _lately(arrival: Arrival, sender: str) -> QuerySet[Arrival]:
    field = "sender" if arrival.sender else "envelope_from"
    since = arrival.arrived_at - WITHIN
    before = Arrival.objects.filter(**{field: sender}, arrived_at__gt=since, arrived_at__lte=arrival.arrived_at)
    return before.exclude(pk=arrival.pk).exclude(refusal="Bounce")
