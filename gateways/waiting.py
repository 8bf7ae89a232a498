"""The arrivals that wait to be understood: the first few, which the memory holds well, in rounds."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Case, Func, IntegerField, QuerySet, Value, When
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from accounts.updating import update_each
from gateways.email import flood
from gateways.email.letter import Letter
from gateways.models import Arrival

LARGE = 200_000  # bytes
SIZE = Func("raw", function="octet_length", output_field=IntegerField())
SMALL_RAW = Case(When(GreaterThan(Value(LARGE), SIZE), then="raw"))
# Until the next try: of a mail that killed its worker, or of a database that is full until somebody has slept.
PAUSES = [
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
]
MOST_DEATHS = 3


class First(NamedTuple):
    arrivals: list[Arrival]
    are_all: bool


def claim_first(most: int, **which: Any) -> First:
    """The first of these, a worker's own until they are due again; what others have locked is theirs.

    Their try counts once this transaction is committed, which has to be before anybody looks at them: a mail that
    kills its worker is not the first of its organization for ever. Small ones, by address, and so by conversation: two
    workers lock those in the same order. A large one comes alone, when it is the first.
    """
    found: list[Any] = list(_stored().filter(**which)[:most])
    arrivals = found[:1] if found and found[0].small_raw is None else _small(found)
    _count_try(arrivals)
    return First(arrivals, are_all=len(arrivals) == len(found) < most)


def _small(found: list[Any]) -> list[Arrival]:
    small = [arrival for arrival in found if arrival.small_raw is not None]
    for arrival in small:
        arrival.raw = arrival.small_raw
    return sorted(small, key=lambda arrival: arrival.envelope_to)


def _count_try(arrivals: list[Arrival]) -> None:
    now = timezone.now()
    for arrival in arrivals:
        arrival.raw = bytes(arrival.raw)  # a large one's is fetched here
        arrival.due_at = now + PAUSES[min(arrival.tries, len(PAUSES) - 1)]
        arrival.tries += 1
    update_each(arrivals, ["tries", "due_at"])


@cache  # composed once: that takes as long as to ask
def _stored() -> QuerySet[Arrival]:
    free = Arrival.objects.stored().select_for_update(skip_locked=True, of=("self",))
    return free.annotate(small_raw=SMALL_RAW, may_be_flood=flood.may_be_flood())


def is_given_up(arrival: Arrival) -> bool:
    """Whether it has been tried often enough: it is taken in unread."""
    before = arrival.tries - 1
    return before >= len(PAUSES) or (before >= MOST_DEATHS and not arrival.explanation)


def still_stored(letters: Iterable[Letter]) -> list[Letter]:
    """Those with which nobody was faster, locked until this transaction ends.

    Who holds one is waited for: to see that it isn't theirs, others who claim lock what was claimed a moment ago.
    """
    found = {letter.arrival.pk: letter for letter in letters}
    stored = Arrival.objects.filter(pk__in=found, state=Arrival.State.STORED).order_by("pk").select_for_update()
    mine = set(stored.values_list("pk", flat=True))
    return [letter for pk, letter in found.items() if pk in mine]


def in_rounds(letters: Iterable[Letter]) -> list[list[Letter]]:
    """One of an address or a sender in each round, in order: what was said before decides on what comes next."""
    rounds: list[list[Letter]] = []
    next_of: dict[str, int] = defaultdict(int)
    for letter in letters:
        whose = {letter.arrival.envelope_to, letter.arrival.written_by}
        place = max(next_of[one] for one in whose)
        rounds += [[]] if place == len(rounds) else []
        rounds[place].append(letter)
        next_of |= dict.fromkeys(whose, place + 1)
    return rounds
