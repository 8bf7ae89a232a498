"""Whose turn it is: decided from plain facts, so that a table of cases can test it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """A member in Auto assign: their turn, smallest first, and why they can't take a lead now (empty: they can)."""

    member: Any
    turn: int
    absence: str = ""


@dataclass(frozen=True)
class Decision:
    """Who is next (None: nobody can), who came before them and why not, and the turn that is the end of the row."""

    member: Any | None
    passed_over: tuple[tuple[Any, str], ...] = ()
    last_turn: int = 0


def next_in_turn(candidates: Sequence[Candidate], *, over_available_only: bool) -> Decision:
    """The first candidate in the order of the turn who can take a lead.

    Who is passed over keeps their turn and so comes first as soon as they can. Equal turns go by the order given.
    """
    last_turn = max((candidate.turn for candidate in candidates), default=0) + 1
    passed_over: list[tuple[Any, str]] = []
    for candidate in sorted(candidates, key=lambda candidate: candidate.turn):
        if not (over_available_only and candidate.absence):
            return Decision(candidate.member, tuple(passed_over), last_turn)
        passed_over.append((candidate.member, candidate.absence))
    return Decision(None, tuple(passed_over), last_turn)
