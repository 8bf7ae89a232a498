"""Lists of the API that are of people, or of what is about one: newest first, or by score."""

from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Field

from accounts.api.lists import Asked, page, read_cursor, signed
from people.keyset import Keyset, by_score, page_of

BY_SCORE = ("score",)
NEWEST = Keyset("pk", is_descending=True, read=UUID)


class Ordered(Asked):
    """Which page is asked for, and of which order."""

    order: Literal["newest", "score"] = Field(
        "newest",
        description="“score”: the highest first; whoever's score changes between two pages may be on both or on none.",
    )


def page_in_order(rows: QuerySet[Any], asked: Ordered, *, person: str = "") -> dict[str, Any]:
    """One page of the rows; `person` leads from a row to its person ("person__").

    Raises Problem (422) for a cursor that isn't one of this list in this order.
    """
    if asked.order == "newest":
        return page(rows, asked, by=("-id",))
    place = read_cursor(asked.cursor, rows.model, BY_SCORE)[0] if asked.cursor else ""
    items, following = page_of(rows, by_score(NEWEST, person=person), after=place, size=asked.limit)
    return {"items": items, "next": signed([following], rows.model, BY_SCORE) if following else None}
