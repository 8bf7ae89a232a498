"""How conversations ended: two grouped queries, and every breakdown of them. Spam is left out and counted beside."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek
from django.utils.functional import cached_property

from delivery.models import Basis, Delivery, Recipient
from delivery.queries import DeliveryQuerySet
from reports.filters import ROWS, Filters, Period
from reports.known import Known, KnownStatus

Answer = Recipient.Answer
ANSWERS = {"accepted": Answer.ACCEPTED, "not_a_fit": Answer.NOT_A_FIT, "asked_back": Answer.ASKED_BACK}
ANSWERED = "answered"
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

    def add_answers(self, row: dict[str, Any]) -> None:
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
        grouped = self.deliveries().order_by().annotate(key=self._key()).values("key", "status", "reason", "rating")
        return list(grouped.annotate(count=Count("pk")))

    @cached_property
    def answers(self) -> list[dict[str, Any]]:
        """Of deliveries by key and status: how many any recipient answered, and how."""
        given = Recipient.objects.exclude(answer="").filter(delivery__in=self.deliveries())
        grouped = given.order_by().annotate(key=self._key("delivery__")).values("key", status=F("delivery__status"))
        counts = {name: Count("delivery", distinct=True, filter=Q(answer=answer)) for name, answer in ANSWERS.items()}
        rows: Any = grouped.annotate(answered=Count("delivery", distinct=True), **counts)
        return list(rows)

    def _key(self, prefix: str = "") -> Any:
        """What the report is broken down by."""
        if self.filters.by == "period":
            period = self.filters.period
            return TRUNCATED[period.unit](f"{prefix}delivered_at", tzinfo=period.zone)
        return F(prefix + ROWS[self.filters.by])

    @cached_property
    def known(self) -> Known:
        return Known.load(self.filters, self.deliveries(self.filters.period.before))

    def _counted(self, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], KnownStatus]]:
        for row in rows:
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
        for row, status in self._counted(self.rows):
            figures.add(row, status)
        for row, _status in self._counted(self.answers):
            figures.add_answers(row)
        return figures

    @cached_property
    def broken_down(self) -> dict[Any, Figures]:
        """The figures of each source, campaign, team or member, the largest first; over time in its order."""
        found: dict[Any, Figures] = {}
        for row, status in self._counted(self.rows):
            found.setdefault(row["key"], Figures()).add(row, status)
        for row, _status in self._counted(self.answers):
            found[row["key"]].add_answers(row)
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
        for row, status in self._counted(self.answers):
            found.setdefault(status.key, Figures()).add_answers(row)
        return found

    @cached_property
    def why_not(self) -> list[Why]:
        """The reasons of each status that asks for one, most frequent first."""
        counts: dict[tuple[KnownStatus, str], int] = {}
        totals: dict[KnownStatus, int] = {}
        for row, status in self._counted(self.rows):
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
