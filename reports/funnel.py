"""From application to hire, for those who applied in a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy

from campaigns.models import Application, Campaign
from conversations.models import Conversation
from delivery.models import Basis, Delivery
from people.models import Person
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
    "temperature": "person__scored__temperature",
    "score": "person__scored__total__gte",
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
    """Those who applied in the period, spam left out."""
    period, member = filters.period, filters.member
    spam = Person.objects.filter(pk=OuterRef("person"), is_spam=True)
    rows = Application.objects.filter(applied_at__gte=period.start, applied_at__lt=period.end)
    rows = rows.filter(~Exists(spam), filters.conditions(COLUMNS))
    if not member.sees_everything:
        rows = rows.filter(campaign__in=Campaign.objects.visible_to(member))
    if owner := filters.values.get("member"):
        rows = rows.filter(Exists(ABOUT_IT.filter(owner=owner)))
    return rows


ABOUT_IT = Conversation.objects.filter(application=OuterRef("pk"))
QUALIFIED = Delivery.objects.standing().filter(application=OuterRef("pk"), status__basis=Basis.QUALIFIED)
CONDITIONS = {
    "talked": Q(Exists(ABOUT_IT.filter(last_outbound_at__isnull=False))),
    "qualified": Q(Exists(QUALIFIED)),
    "hired": Q(stage=Application.Stage.HIRED),
}


def reached(rows: QuerySet[Application], stage: str) -> QuerySet[Application]:
    """Those of them that came so far."""
    return rows.filter(CONDITIONS[stage]) if stage in CONDITIONS else rows


def funnels(filters: Filters) -> list[Funnel]:
    """One a source, the largest first; one query, in which what is known of others' rows is joined once each."""
    rows = applications(filters).order_by()
    by_stage, *others = (
        reached(rows, stage).values("source", reached=said).annotate(count=Count("pk"))
        for stage, said in {"applied": F("stage"), "talked": Value("talked"), "qualified": Value("qualified")}.items()
    )
    found: dict[UUID | None, dict[str, int]] = {}
    for row in by_stage.union(*others, all=True):
        found.setdefault(row["source"], {})[row["reached"]] = row["count"]
    for counts in found.values():
        counts["applied"] = sum(counts.get(stage, 0) for stage in Application.Stage.values)
    largest = sorted(found.items(), key=lambda item: (-item[1]["applied"], str(item[0])))
    return [Funnel(source, _steps(counts)) for source, counts in largest]


def _steps(counts: Mapping[str, int]) -> list[Step]:
    steps, before = [], 0
    for stage, name in STAGES.items():
        count = counts.get(stage, 0)
        steps.append(Step(stage, str(name), count, 100 * count / before if before else None))
        before = count
    return steps
