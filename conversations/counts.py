"""How many conversations stand behind each link of the rail: capped, so that a million cost what a thousand do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray
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


@dataclass(frozen=True)
class Numbers:
    """Of each view, and of each open campaign the member sees: its key, its name and its open conversations."""

    views: dict[str, int]
    campaigns: list[tuple[str, str, int]]


def numbers_of(member: Member, most_campaigns: int) -> Numbers:
    """The numbers of the rail in one query; each at most MOST. My leads counts those that wait for us."""
    rows = {
        "mine": Conversation.objects.owned_by(member).open().awake(timezone.now()).waiting(),
        "unassigned": Conversation.objects.visible_to(member).open().unassigned(),
        "everyone": Conversation.objects.visible_to(member).open(),
        "undelivered": Conversation.objects.visible_to(member).undelivered(),
    } | {name: counted(member) for name, counted in _counted_above.items()}
    if workspace := member.chosen_workspace:
        mine = Conversation.objects.in_workspace(workspace).values("pk")
        rows |= {name: rows[name].filter(pk__in=mine) for name in ("mine", "unassigned", "everyone", "undelivered")}
    counts = {f"count_{name}": CappedCount(queryset) for name, queryset in rows.items()}
    listed = ArraySubquery(_campaigns_of(member)[:most_campaigns])
    found: dict[str, Any] = dict(Member.objects.filter(pk=member.pk).values(**counts, listed=listed).get())
    return Numbers({name: found[f"count_{name}"] for name in rows}, [tuple(each) for each in found["listed"] or []])


def _campaigns_of(member: Member) -> QuerySet[Any]:
    rows = Conversation.objects.filter(campaign=OuterRef("pk"), state="open")
    shown = Campaign.objects.visible_to(member).filter(state="open")
    if member.chosen_workspace:
        shown = shown.filter(workspace=member.chosen_workspace)
    return shown.values(row=JSONArray("pk", "name", CappedCount(rows)))
