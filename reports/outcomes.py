"""How conversations ended: one grouped query, and every breakdown of it. Spam is left out and counted beside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Min, Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from conversations.models import Conversation
from conversations.queries import ConversationQuerySet
from delivery.models import Basis, Delivery, Status
from delivery.queries import DeliveryQuerySet
from reports.filters import Filters, Period

GROUPS = {
    "source": ("application__source", "application__source__name"),
    "campaign": ("application__campaign", "application__campaign__name"),
    "member": ("author", "author__user__name"),
}
WHY_NOT = {Basis.NOT_QUALIFIED, Basis.NOT_INTERESTED}


@dataclass
class Figures:
    """Deliveries added up: how many, of which status, and their stars."""

    name: str = ""
    key: str = ""
    total: int = 0
    rated: int = 0
    stars: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    by_basis: dict[str, int] = field(default_factory=dict)

    def add(self, row: dict[str, Any]) -> None:
        self.total += row["count"]
        self.rated += row["rated"]
        self.stars += row["stars"] or 0
        for counts, value in ((self.by_status, row["status__slug"]), (self.by_basis, row["status__basis"])):
            counts[value] = counts.get(value, 0) + row["count"]

    @property
    def qualified(self) -> int:
        return self.by_basis.get(Basis.QUALIFIED, 0)

    @property
    def qualified_share(self) -> float | None:
        """In percent of all; None of nothing."""
        return 100 * self.qualified / self.total if self.total else None

    @property
    def rating(self) -> float | None:
        """The average of the stars given."""
        return self.stars / self.rated if self.rated else None


@dataclass(frozen=True)
class Why:
    """A reason and how much of its status' deliveries it stands for, in percent."""

    status: str
    reason: str
    key: str
    count: int
    share: float


class Outcomes:
    """The deliveries of a period that the asker may see: all for supervisors and admins, for recruiters those of the
    conversations they see."""

    def __init__(self, filters: Filters) -> None:
        self.filters = filters

    def deliveries(self, period: Period | None = None) -> DeliveryQuerySet:
        """The rows behind the figures, spam included."""
        period = period or self.filters.period
        visible = Delivery.objects.visible_to(self.filters.member)
        in_period = visible.filter(delivered_at__gte=period.start, delivered_at__lt=period.end)
        return in_period.filter(**self.filters.narrowing)

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        fields = ["status__slug", "status__basis", "status__name", "reason", "reason__name"]
        grouped = self.deliveries().order_by().values(*fields, *GROUPS[self.filters.by])
        return list(grouped.annotate(count=Count("pk"), rated=Count("rating"), stars=Sum("rating")))

    @property
    def counted(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["status__basis"] != Basis.SPAM]

    @property
    def spam(self) -> int:
        return sum(row["count"] for row in self.rows if row["status__basis"] == Basis.SPAM)

    @cached_property
    def all(self) -> Figures:
        return _added_up(self.counted)

    @cached_property
    def broken_down(self) -> list[Figures]:
        """The figures of each source, campaign or member, the largest first."""
        key, name = GROUPS[self.filters.by]
        found: dict[Any, Figures] = {}
        for row in self.counted:
            label = row[name] or (_("No source") if self.filters.by == "source" else _("Without a name"))
            found.setdefault(row[key], Figures(label, str(row[key] or "none"))).add(row)
        return sorted(found.values(), key=lambda figures: (-figures.total, figures.name))

    @cached_property
    def statuses(self) -> list[Status]:
        """The columns: what is used now or was in the period, without spam."""
        used = {row["status__slug"] for row in self.rows}
        rows = Status.objects.exclude(basis=Basis.SPAM)
        return [status for status in rows if status.is_active or status.slug in used]

    @cached_property
    def why_not(self) -> list[Why]:
        """The reasons of each status that asks for one, most frequent first."""
        totals: dict[str, int] = {}
        counts: dict[tuple[str, Any, str], int] = {}
        for row in self.counted:
            if row["status__basis"] in WHY_NOT and row["reason"]:
                status = row["status__name"]
                totals[status] = totals.get(status, 0) + row["count"]
                key = (status, row["reason"], row["reason__name"])
                counts[key] = counts.get(key, 0) + row["count"]
        found = [
            Why(status, name, str(reason), count, 100 * count / totals[status])
            for (status, reason, name), count in counts.items()
        ]
        return sorted(found, key=lambda why: (-totals[why.status], -why.count, why.reason))

    @cached_property
    def total_before(self) -> int:
        """As many days earlier."""
        before = self.deliveries(self.filters.period.before)
        return before.exclude(status__basis=Basis.SPAM).count()

    @cached_property
    def undelivered(self) -> dict[str, Any]:
        """`count` of the conversations that a member wrote in and nobody has delivered, and since when the `oldest`."""
        return self._undelivered().order_by().aggregate(count=Count("pk"), oldest=Min("leg__started_at"))

    def _undelivered(self) -> ConversationQuerySet:
        rows = Conversation.objects.visible_to(self.filters.member).undelivered()
        asked = self.filters.values
        narrowing = {"campaign": asked.get("campaign"), "owner": asked.get("member")}
        return rows.filter(**{lookup: value for lookup, value in narrowing.items() if value})


def _added_up(rows: Iterable[dict[str, Any]]) -> Figures:
    figures = Figures()
    for row in rows:
        figures.add(row)
    return figures
