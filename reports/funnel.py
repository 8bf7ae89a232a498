"""From application to hire, for those who applied in a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext_lazy

from campaigns.models import Application, Campaign
from conversations.models import Conversation
from delivery.models import Basis, Delivery
from reports.filters import Filters

STAGES = {
    "applied": gettext_lazy("applications"),
    "talked": gettext_lazy("conversations"),
    "qualified": gettext_lazy("qualified"),
    "hired": gettext_lazy("hired"),
}
COLUMNS = {
    "campaign": "campaign",
    "team": "campaign__team",
    "source": "source",
    "temperature": "person__temperature",
}


@dataclass(frozen=True)
class Step:
    """A stage, how many reached it, and how many percent of the stage before that is (None of nothing)."""

    stage: str
    name: str
    count: int
    share: float | None


@dataclass(frozen=True)
class Funnel:
    source: UUID | None
    steps: list[Step]


def applications(filters: Filters) -> QuerySet[Application]:
    """Those who applied in the period, spam left out; each with how far it came: `talked`, `qualified`, `hired`."""
    period, member = filters.period, filters.member
    about = Conversation.objects.filter(application__isnull=False)
    answered = about.filter(last_outbound_at__isnull=False)
    qualified = Delivery.objects.standing().filter(application__isnull=False, status__basis=Basis.QUALIFIED)
    rows = Application.objects.filter(applied_at__gte=period.start, applied_at__lt=period.end, person__is_spam=False)
    rows = rows.filter(filters.conditions(COLUMNS))
    if not member.sees_everything:
        rows = rows.filter(campaign__in=Campaign.objects.visible_to(member))
    if owner := filters.values.get("member"):
        rows = rows.filter(pk__in=about.filter(owner=owner).values("application"))
    return rows.annotate(talked=_among(answered), qualified=_among(qualified))


def _among(found: QuerySet[Any]) -> ExpressionWrapper:
    """Whether an application is one that these rows are about; asked once for all, where EXISTS asks for each."""
    return ExpressionWrapper(Q(pk__in=found.values("application")), output_field=BooleanField())


def reached(rows: QuerySet[Application], stage: str) -> QuerySet[Application]:
    return rows.filter(CONDITIONS[stage]) if stage in CONDITIONS else rows


CONDITIONS = {
    "talked": Q(talked=True),
    "qualified": Q(qualified=True),
    "hired": Q(stage=Application.Stage.HIRED),
}


def funnels(filters: Filters) -> list[Funnel]:
    """One a source, the largest first; one query."""
    counts = {f"count_{stage}": Count("pk", filter=condition) for stage, condition in CONDITIONS.items()}
    grouped = applications(filters).order_by().values("source").annotate(count_applied=Count("pk"), **counts)
    return [Funnel(row["source"], _steps(row)) for row in grouped.order_by("-count_applied", "source")]


def _steps(row: Mapping[str, Any]) -> list[Step]:
    steps, before = [], 0
    for stage, name in STAGES.items():
        count = row[f"count_{stage}"]
        steps.append(Step(stage, str(name), count, 100 * count / before if before else None))
        before = count
    return steps
