"""The stretches of a run: worked on two at a time where there are many, finished one after the other.

The database does the work, so a second thread with its own connection is a second core of it. They are finished in
order so that `reached` still says that everything up to it is done, whenever a worker dies.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Condition, Lock
from uuid import UUID

from django.db import connection

from scoring.working_out import LAST, WorkedOut

AT_ONCE = 2
LARGE = 20_000  # people; for fewer, a second connection isn't worth its while
PATIENCE = 60  # seconds; two stretches that wait for each other by way of somebody else's locks must not do so for ever


class BrokenOff(Exception):
    """A stretch before this one wasn't finished."""


class Stretches:
    """Gives out what comes behind `reached`, a stretch after the other, and keeps their order at the end."""

    def __init__(self, reached: UUID, end_of: Callable[[UUID], UUID]) -> None:
        self._end_of = end_of
        self._given_out = self._finished = reached
        self._giving, self._changed = Lock(), Condition()
        self._is_broken_off = False

    def take(self) -> tuple[UUID, UUID] | None:
        """The next stretch: behind whom it begins, and with whom it ends; None when all are given out."""
        with self._giving:
            after = self._given_out
            if after == LAST or self._is_broken_off:
                return None
            self._given_out = self._end_of(after)
            return after, self._given_out

    def wait_for_turn(self, after: UUID) -> None:
        """Until all before this stretch is finished. Raises BrokenOff when it won't be, TimeoutError when it isn't."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._finished == after or self._is_broken_off, PATIENCE):
                raise TimeoutError("the stretch before this one isn't finished")
            if self._finished != after:
                raise BrokenOff

    @contextmanager
    def finishing(self, upto: UUID) -> Iterator[None]:
        """Around a stretch's transaction: tells the next when it is committed, or that it never will be."""
        try:
            yield
        except BaseException:
            self._tell(is_broken_off=True)
            raise
        self._tell(finished=upto)

    def _tell(self, *, finished: UUID | None = None, is_broken_off: bool = False) -> None:
        with self._changed:
            self._finished = finished or self._finished
            self._is_broken_off |= is_broken_off
            self._changed.notify_all()


def side_by_side(work: Callable[[], WorkedOut], *, lanes: int) -> WorkedOut:
    """Does the work in so many threads, this one among them; raises what went wrong in any of them.

    Only a stretch that went wrong itself breaks another one off: so nothing is lost where that is passed over.
    """
    done = WorkedOut()
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        others = [pool.submit(_with_own_connection, work) for _ in range(lanes - 1)]
        with suppress(BrokenOff):
            done = work()
    return sum((other.result() for other in others), done)


def _with_own_connection(work: Callable[[], WorkedOut]) -> WorkedOut:
    try:
        return work()
    finally:
        connection.close()
