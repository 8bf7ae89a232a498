"""Whose turn it is: decided from plain facts, so that a table of cases can test it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """A member in Auto assign: their turn, smallest first, and why they can't take a lead now (empty: they can).

    Who `is_barred` doesn't get this one, whatever the campaign says: they had it and didn't answer.
    """

    member: Any
    turn: int
    absence: str = ""
    is_barred: bool = False


@dataclass(frozen=True)
class Decision:
    """Who is next (None: nobody can), who came before them and why not, and the turn that is the end of the row."""

    member: Any | None
    passed_over: tuple[tuple[Any, str], ...] = ()
    last_turn: int = 0

    @property
    def another_could(self) -> bool:
        """Whether somebody who is there was passed over for this lead alone."""
        return any(why == BARRED for _member, why in self.passed_over)


BARRED = "had_it"


def next_in_turn(candidates: Iterable[Candidate], *, over_available_only: bool) -> Decision:
    """The first candidate in the order of the turn who can take a lead; candidates are looked at one by one.

    Who is passed over keeps their turn and so comes first as soon as they can. Equal turns go by the order given.
    """
    last_turn = 0
    passed_over: list[tuple[Any, str]] = []
    if isinstance(candidates, list | tuple):
        candidates = sorted(candidates, key=lambda candidate: candidate.turn)
        last_turn = max((candidate.turn for candidate in candidates), default=0) + 1
    for candidate in candidates:
        why = candidate.absence if over_available_only else ""
        why = why or (BARRED if candidate.is_barred else "")
        if not why:
            return Decision(candidate.member, tuple(passed_over), last_turn)
        passed_over.append((candidate.member, why))
    return Decision(None, tuple(passed_over), last_turn)
