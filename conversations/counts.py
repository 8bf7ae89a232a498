"""How many conversations stand behind each link of the rail: capped, so that a million cost what a thousand do."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Member
from campaigns.models import Campaign
from conversations.models import Conversation

MOST = 1000
Counted = Callable[[Member], QuerySet[Any]]
_counted_above: dict[str, Counted] = {}


class CappedCount(Subquery):
    """Counts the rows of a query up to MOST."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS capped)"
    output_field = models.IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk")[:MOST])


def count_also(name: str, rows: Counted) -> None:
    """Lets an app above add a number of its own: `name` is the view's name in the rail."""
    _counted_above[name] = rows


def counts_of(member: Member) -> dict[str, int]:
    """The numbers of the rail by view, in one query; each at most MOST. My leads counts those that wait for us."""
    rows = {
        "mine": Conversation.objects.owned_by(member).open().awake(timezone.now()).waiting(),
        "unassigned": Conversation.objects.visible_to(member).open().unassigned(),
        "everyone": Conversation.objects.visible_to(member).open(),
        "undelivered": Conversation.objects.visible_to(member).undelivered(),
    } | {name: counted(member) for name, counted in _counted_above.items()}
    counts = {f"count_{name}": CappedCount(queryset) for name, queryset in rows.items()}
    numbers: dict[str, Any] = dict(Member.objects.filter(pk=member.pk).values(**counts).get())
    return {name: numbers[f"count_{name}"] for name in rows}


def campaigns_of(member: Member, most: int) -> list[tuple[UUID, str, int]]:
    """Key, name and number of open conversations of each open campaign the member sees."""
    rows = Conversation.objects.filter(campaign=OuterRef("pk"), state="open")
    counted = Campaign.objects.visible_to(member).filter(state="open").annotate(open_count=CappedCount(rows))
    return list(counted.values_list("pk", "name", "open_count")[:most])
