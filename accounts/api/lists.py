"""Lists a page at a time: each page begins after a row, not at a count, so rows added meanwhile move nothing."""

from collections.abc import Sequence
from typing import Annotated, Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from ninja import Field, Schema

from accounts.api.input import Text
from accounts.api.problems import invalid


class Page[Item](Schema):
    items: list[Item]
    next: str | None = Field(None, description="The cursor of the next page; null on the last.")


class Asked(Schema):
    """Which page is asked for."""

    cursor: Annotated[Text, Field(max_length=1000)] = ""
    limit: int = Field(50, ge=1, le=200)


def page(rows: QuerySet[Any], asked: Asked, *, by: Sequence[str]) -> dict[str, Any]:
    """One page of the rows, ordered by columns which together are unique and never change ("-" for descending).

    Raises Problem (422) for a cursor that isn't one of this list.
    """
    if asked.cursor:
        rows = rows.filter(after(by, read_cursor(asked.cursor, rows.model, by)))
    found = list(rows.order_by(*by)[: asked.limit + 1])
    items, more = found[: asked.limit], len(found) > asked.limit
    return {"items": items, "next": cursor_at(items[-1], by) if more else None}


def after(by: Sequence[str], values: Sequence[Any]) -> Q:
    """The rows behind these values in this order."""
    name, value = by[0].removeprefix("-"), values[0]
    beyond = Q(**{f"{name}__{'lt' if by[0].startswith('-') else 'gt'}": value})
    if len(by) == 1:
        return beyond
    bound = Q(**{f"{name}__{'lte' if by[0].startswith('-') else 'gte'}": value})  # what an index scan begins at
    return bound & (beyond | (Q(**{name: value}) & after(by[1:], values[1:])))


def cursor_at(row: Model, by: Sequence[str]) -> str:
    values = [getattr(row, name.removeprefix("-")) for name in by]
    shown = [value.isoformat() if hasattr(value, "isoformat") else str(value) for value in values]
    return signed(shown, type(row), by)


def signed(values: Sequence[str], model: type[Model], by: Sequence[str]) -> str:
    return signing.dumps(values, salt=salt_of(model, by))


def read_cursor(cursor: str, model: type[Model], by: Sequence[str]) -> list[str]:
    try:
        return signing.loads(cursor, salt=salt_of(model, by))
    except signing.BadSignature:
        raise invalid("cursor", "This isn't a cursor of this list.") from None


def salt_of(model: type[Model], by: Sequence[str]) -> str:
    return f"cursor:{model._meta.label}:{','.join(by)}"
