"""How many conversations stand behind each link of the rail: capped, so that a million cost what a thousand do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray
from django.utils import timezone

from accounts.models import Member
from conversations.destinations import campaigns_of
from conversations.models import Conversation
from conversations.queries import ConversationQuerySet

MOST = 100
Counted = Callable[[Member], QuerySet[Any]]
_counted_above: dict[str, Counted] = {}


class CappedCount(Subquery):
    """Counts the rows of a query up to MOST. Of several queries: the rows that are in any of them, each looked for by
    an index of its own."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS capped)"
    output_field = models.IntegerField()

    def __init__(self, *queries: QuerySet[Any]) -> None:
        first, *others = (rows.order_by().values("pk")[:MOST] for rows in queries)
        super().__init__(first.union(*others) if others else first)


def count_also(name: str, rows: Counted) -> None:
    """Lets an app above add a number of its own: `name` is the view's name in the rail."""
    _counted_above[name] = rows


@dataclass(frozen=True)
class Numbers:
    """Of each view by its name, and of each campaign by its key: at most MOST and a little."""

    views: dict[str, int] = field(default_factory=dict)
    campaigns: dict[str, int] = field(default_factory=dict)


def numbers_of(member: Member) -> Numbers:
    """The numbers of the rail in one query. My leads counts those that wait for us."""
    mine = _in_workspace(member, Conversation.objects.owned_by(member).open().awake(timezone.now()).waiting())
    seen = [_in_workspace(member, rows) for rows in Conversation.objects.each_way_visible_to(member)]
    counts = {
        "mine": CappedCount(mine),
        "unassigned": CappedCount(*(rows.open().unassigned() for rows in seen)),
        "everyone": CappedCount(*(rows.open() for rows in seen)),
        "undelivered": CappedCount(*(rows.undelivered() for rows in seen)),
    } | {name: CappedCount(rows(member)) for name, rows in _counted_above.items()}
    open_ones = Conversation.objects.open().filter(campaign=OuterRef("pk"))
    counted = campaigns_of(member).values(row=JSONArray("pk", CappedCount(open_ones)))
    columns: dict[str, Any] = {f"of_{name}": count for name, count in counts.items()}
    found: Any = Member.objects.filter(pk=member.pk).values(campaigns_of=ArraySubquery(counted), **columns).get()
    return Numbers({name: found[f"of_{name}"] for name in counts}, dict(found["campaigns_of"] or []))


def _in_workspace(member: Member, rows: ConversationQuerySet) -> ConversationQuerySet:
    return rows.in_workspace(member.chosen_workspace) if member.chosen_workspace else rows
