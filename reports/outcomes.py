"""How conversations ended: one grouped query, and every breakdown of it. Spam is left out and counted beside."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, PositiveSmallIntegerField, Q, UUIDField, Value
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek
from django.utils.functional import cached_property

from delivery.models import Basis, Delivery, Recipient
from delivery.queries import DeliveryQuerySet
from reports.filters import ROWS, Filters, Period
from reports.known import Known, KnownStatus

Answer = Recipient.Answer
ANSWERS = {"accepted": Answer.ACCEPTED, "not_a_fit": Answer.NOT_A_FIT, "asked_back": Answer.ASKED_BACK}
ANSWERED = "answered"
NO_REASON, NO_RATING = Value(None, UUIDField()), Value(None, PositiveSmallIntegerField())
TRUNCATED: dict[str, Callable[..., Any]] = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth}
WHY_NOT = {Basis.NOT_QUALIFIED, Basis.NOT_INTERESTED}


@dataclass
class Figures:
    """Deliveries added up: how many, of which status, how many stars, and what their recipients answered."""

    total: int = 0
    by_status: dict[str, int] = field(default_factory=dict)
    by_basis: dict[str, int] = field(default_factory=dict)
    by_rating: dict[int, int] = field(default_factory=dict)
    by_answer: dict[str, int] = field(default_factory=dict)

    def add(self, row: dict[str, Any], status: KnownStatus) -> None:
        self.total += row["count"]
        added: list[tuple[dict[Any, int], Any]] = [(self.by_status, status.slug), (self.by_basis, status.basis)]
        for counts, value in [*added, *([(self.by_rating, row["rating"])] if row["rating"] else [])]:
            counts[value] = counts.get(value, 0) + row["count"]
        for name in (ANSWERED, *ANSWERS):
            self.by_answer[name] = self.by_answer.get(name, 0) + row[name]

    @property
    def qualified(self) -> int:
        return self.by_basis.get(Basis.QUALIFIED, 0)

    @property
    def qualified_share(self) -> float | None:
        """In percent of all; None of nothing."""
        return 100 * self.qualified / self.total if self.total else None

    @property
    def rated(self) -> int:
        return sum(self.by_rating.values())

    @property
    def rating(self) -> float | None:
        """The average of the stars given."""
        return sum(stars * count for stars, count in self.by_rating.items()) / self.rated if self.rated else None

    @property
    def accepted_share(self) -> float | None:
        """In percent of the deliveries that any recipient has answered; None where none has."""
        answered = self.by_answer.get(ANSWERED, 0)
        return 100 * self.by_answer["accepted"] / answered if answered else None


@dataclass(frozen=True)
class Why:
    """A reason and how much of its status' deliveries it stands for, in percent."""

    status: KnownStatus
    reason: str
    key: str
    count: int
    share: float


class Outcomes:
    """The deliveries of a period that the asker may see: all for supervisors and admins, for recruiters those of the
    conversations they see. Withdrawn ones never were."""

    def __init__(self, filters: Filters) -> None:
        self.filters = filters

    def deliveries(self, period: Period | None = None) -> DeliveryQuerySet:
        """The rows behind the figures, spam included."""
        period, filters = period or self.filters.period, self.filters
        visible = Delivery.objects.standing().visible_to(filters.member)
        in_period = visible.filter(delivered_at__gte=period.start, delivered_at__lt=period.end)
        found = in_period.filter(filters.conditions() & filters.of_outcome())
        if asked := filters.values.get("answer"):
            given = Recipient.objects.filter(delivery=OuterRef("pk")).exclude(answer="")
            return found.filter(Exists(given if asked == ANSWERED else given.filter(answer=asked)))
        return found

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Counts of deliveries by key, status, reason and rating; then, by key and status alone, of those that any
        recipient answered, and how. One query, each row of one kind with nothing of the other."""
        deliveries = self.deliveries().order_by().annotate(key=self._key)
        given = deliveries.filter(recipients__answer__in=ANSWERS.values())
        counts = {name: Count("pk", distinct=True, filter=Q(recipients__answer=said)) for name, said in ANSWERS.items()}
        nothing = {name: Value(0) for name in (ANSWERED, *ANSWERS)}
        ended = deliveries.values("key", "status", "reason", "rating").annotate(count=Count("pk"), **nothing)
        of_no_kind = given.values("key", "status", no_reason=NO_REASON, no_rating=NO_RATING, count=Value(0))
        answered: Any = of_no_kind.annotate(answered=Count("pk", distinct=True), **counts)
        return list(ended.union(answered, all=True))

    @property
    def _key(self) -> Any:
        """What the report is broken down by."""
        if self.filters.by == "period":
            period = self.filters.period
            return TRUNCATED[period.unit]("delivered_at", tzinfo=period.zone)
        return F(ROWS[self.filters.by])

    @cached_property
    def known(self) -> Known:
        return Known.load(self.filters, self.deliveries(self.filters.period.before))

    def _counted(self) -> Iterator[tuple[dict[str, Any], KnownStatus]]:
        for row in self.rows:
            status = self.known.statuses[str(row["status"])]
            if status.basis != Basis.SPAM:
                yield row, status

    @property
    def spam(self) -> int:
        spam = {key for key, status in self.known.statuses.items() if status.basis == Basis.SPAM}
        return sum(row["count"] for row in self.rows if str(row["status"]) in spam)

    @cached_property
    def all(self) -> Figures:
        figures = Figures()
        for row, status in self._counted():
            figures.add(row, status)
        return figures

    @cached_property
    def broken_down(self) -> dict[Any, Figures]:
        """The figures of each source, campaign, team or member, the largest first; over time in its order."""
        found: dict[Any, Figures] = {}
        for row, status in self._counted():
            found.setdefault(row["key"], Figures()).add(row, status)
        if self.filters.by == "period":
            return dict(sorted(found.items()))
        names = self.known.names_of(self.filters.by, found)
        return dict(sorted(found.items(), key=lambda item: (-item[1].total, names[item[0]])))

    @cached_property
    def statuses(self) -> list[KnownStatus]:
        """The columns: what is used now or was in the period, without spam."""
        used = {str(row["status"]) for row in self.rows}
        rows = self.known.statuses.values()
        return [row for row in rows if row.basis != Basis.SPAM and (row.is_active or row.key in used)]

    @cached_property
    def answered(self) -> dict[str, Figures]:
        """What was answered to deliveries of each status, by its key."""
        found: dict[str, Figures] = {}
        for row, status in self._counted():
            if row[ANSWERED]:
                found.setdefault(status.key, Figures()).add(row, status)
        return found

    @cached_property
    def why_not(self) -> list[Why]:
        """The reasons of each status that asks for one, most frequent first."""
        counts: dict[tuple[KnownStatus, str], int] = {}
        totals: dict[KnownStatus, int] = {}
        for row, status in self._counted():
            if status.basis in WHY_NOT and row["reason"]:
                key = (status, str(row["reason"]))
                counts[key] = counts.get(key, 0) + row["count"]
                totals[status] = totals.get(status, 0) + row["count"]
        found = [
            Why(status, self.known.reasons[reason], reason, count, 100 * count / totals[status])
            for (status, reason), count in counts.items()
        ]
        return sorted(found, key=lambda why: (-totals[why.status], -why.count, why.reason))

    @property
    def undelivered_share(self) -> float | None:
        """What is undelivered now, in percent of it and the period's deliveries together; None of nothing."""
        together = self.known.undelivered + self.all.total
        return 100 * self.known.undelivered / together if together else None
