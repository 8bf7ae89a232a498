"""Pages of a long list without OFFSET: each begins after the last row of the one before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Keyset:
    """An order by one field, then by key; `read` makes the field's value of its text in a cursor."""

    field: str
    is_descending: bool
    read: Callable[[str], Any]

    def sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        sign = "-" if self.is_descending else ""
        return rows.order_by(f"{sign}{self.field}", f"{sign}pk")

    def after(self, rows: QuerySet[Any], cursor: str) -> QuerySet[Any]:
        """The rows beyond the cursor; all of them when it can't be read."""
        try:
            value, _, key = cursor.rpartition("~")
            edge, pk = self.read(value), UUID(key)
        except ValueError:
            return rows
        nearer, same = ("lte", "gte") if self.is_descending else ("gte", "lte")
        # The first condition bounds the index scan, the second drops what stands at the edge itself.
        return rows.filter(**{f"{self.field}__{nearer}": edge}).exclude(**{self.field: edge, f"pk__{same}": pk})

    def cursor(self, row: Model) -> str:
        value: Any = row
        for name in self.field.split("__"):
            value = getattr(value, name)
        return f"{value.isoformat() if isinstance(value, datetime) else value}~{row.pk}"


# A part of a list: its order, and what its rows meet.
Stretch = tuple[Keyset, dict[str, Any]]


def page_of(rows: QuerySet[Any], stretches: Sequence[Stretch], *, after: str, size: int) -> tuple[list[Any], str]:
    """Rows of a list whose stretches come one after the other, and the cursor of the page after; empty at the end.

    One query, and one for each stretch that ends in between.
    """
    place, _tilde, edge = after.partition("~")
    start = int(place) if place.isdecimal() and len(place) < 4 and int(place) < len(stretches) else 0
    found: list[Any] = []
    places: list[int] = []
    for number, (keyset, narrowing) in enumerate(stretches[start:], start):
        of_stretch = keyset.sorted(rows.filter(**narrowing))
        found += (keyset.after(of_stretch, edge) if edge else of_stretch)[: size + 1 - len(found)]
        places += [number] * (len(found) - len(places))
        if len(found) > size:
            last = places[size - 1]
            return found[:size], f"{last}~{stretches[last][0].cursor(found[size - 1])}"
        edge = ""
    return found, ""


def by_score(rest: Keyset, *, person: str = "") -> list[Stretch]:
    """The highest score first; who was never scored yet comes after all who were, in the order of `rest`.

    `person` leads from a row to its person: "person__".
    """
    highest = Keyset(f"{person}scored__total", is_descending=True, read=int)
    return [(highest, {f"{person}scored__isnull": False}), (rest, {f"{person}scored__isnull": True})]


def moment(text: str) -> datetime:
    """A time with its offset; raises ValueError for anything else."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at
