"""Pages of a long list without OFFSET: each begins after the last row of the one before."""

from collections.abc import Callable
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


def moment(text: str) -> datetime:
    """A time with its offset; raises ValueError for anything else."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(text)
    return at
