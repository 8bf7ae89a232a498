"""The arrivals that wait to be understood: the first few, which the memory holds well, in rounds."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Case, Func, IntegerField, QuerySet, Value, When
from django.db.models.lookups import GreaterThan

from gateways.email import flood
from gateways.models import Arrival

LARGE = 200_000  # bytes
SIZE = Func("raw", function="octet_length", output_field=IntegerField())
SMALL_RAW = Case(When(GreaterThan(Value(LARGE), SIZE), then="raw"))


class First(NamedTuple):
    arrivals: list[Arrival]
    are_all: bool


def first_waiting(most: int, **which: Any) -> First:
    """The first of these, locked for this transaction; what others have locked is theirs.

    Small ones, by address, and so by conversation: two workers lock those in the same order. A large one comes alone,
    when it is the first, and is read when it is asked for.
    """
    found: list[Any] = list(_stored().filter(**which)[:most])
    arrivals = found[:1] if found and found[0].small_raw is None else _small(found)
    return First(arrivals, are_all=len(arrivals) == len(found) < most)


def _small(found: list[Any]) -> list[Arrival]:
    small = [arrival for arrival in found if arrival.small_raw is not None]
    for arrival in small:
        arrival.raw = arrival.small_raw
    return sorted(small, key=lambda arrival: arrival.envelope_to)


@cache  # composed once: that takes as long as to ask
def _stored() -> QuerySet[Arrival]:
    stored = Arrival.objects.filter(state=Arrival.State.STORED).order_by("arrived_at").defer("raw")
    free = stored.select_for_update(skip_locked=True, of=("self",))
    return free.annotate(small_raw=SMALL_RAW, may_be_flood=flood.may_be_flood())


def in_rounds(arrivals: Iterable[Arrival]) -> list[list[Arrival]]:
    """One of an address or a sender in each round, in order: what was said before decides on what comes next."""
    rounds: list[list[Arrival]] = []
    next_of: dict[str, int] = defaultdict(int)
    for arrival in arrivals:
        whose = {arrival.envelope_to, flood.sender_of(arrival)}
        place = max(next_of[one] for one in whose)
        rounds += [[]] if place == len(rounds) else []
        rounds[place].append(arrival)
        next_of |= dict.fromkeys(whose, place + 1)
    return rounds
