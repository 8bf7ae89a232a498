"""What rows are called, what can be chosen, and numbers beside the report: one query for all of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateTimeField, IntegerField, QuerySet, Subquery
from django.db.models.functions import JSONArray
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Team
from campaigns.models import Campaign, Source
from delivery.models import Basis, Reason, Status
from delivery.queries import DeliveryQuerySet
from people.models import Temperature
from reports.filters import Filters
from reports.undelivered import undelivered

WITHOUT = {
    "source": _("No source"),
    "campaign": _("No campaign"),
    "team": _("No team"),
    "member": _("Nobody"),
    "temperature": _("No temperature"),
}
MODELS: dict[str, tuple[type[Any], str]] = {
    "source": (Source, "name"),
    "campaign": (Campaign, "name"),
    "team": (Team, "name"),
    "member": (Member, "user__name"),
    "temperature": (Temperature, "name"),
}


class Counted(Subquery):
    """How many rows a query has."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().values("pk"))


@dataclass(frozen=True)
class KnownStatus:
    key: str
    slug: str
    name: str
    basis: str
    is_active: bool


@dataclass(frozen=True)
class Known:
    """`total_before` counts the deliveries of as many days earlier; `undelivered` what is so now, since `oldest`."""

    statuses: dict[str, KnownStatus]
    reasons: dict[str, str]
    names: dict[str, dict[str, str]]
    total_before: int
    undelivered: int
    oldest: datetime | None

    @classmethod
    def load(cls, filters: Filters, before: DeliveryQuerySet) -> "Known":
        waiting = undelivered(filters).order_by("leg__started_at")
        numbers = {
            "total_before": Counted(before.exclude(status__basis=Basis.SPAM)),
            "undelivered": Counted(waiting),
            "oldest": Subquery(waiting.values("leg__started_at")[:1], output_field=DateTimeField()),
        }
        asked = {f"known_{name}": ArraySubquery(rows) for name, rows in _named(filters.member).items()}
        found: dict[str, Any] = dict(Member.objects.filter(pk=filters.member.pk).values(**numbers, **asked).get())
        statuses = [KnownStatus(*row) for row in found["known_statuses"]]
        return cls(
            statuses={status.key: status for status in statuses},
            reasons=dict(found["known_reasons"]),
            names={name: dict(found[f"known_{name}s"]) for name in MODELS},
            **{name: found[name] for name in numbers},
        )

    def names_of(self, by: str, keys: Iterable[UUID | None]) -> dict[UUID | None, str]:
        """The names of these sources, campaigns, teams or members; those not offered any more are looked up."""
        known, wanted = self.names[by], {key for key in keys if key}
        found: dict[UUID | None, str] = {None: str(WITHOUT[by])}
        found |= {key: known[str(key)] for key in wanted if str(key) in known}
        if missing := wanted - found.keys():
            model, name = MODELS[by]
            found |= dict(model.objects.filter(pk__in=missing).values_list("pk", name))
        return found


def _named(member: Member) -> dict[str, QuerySet[Any]]:
    staff = Member.objects.staff().order_by("user__name")
    pairs = {
        "sources": Source.objects.order_by("name"),
        "campaigns": Campaign.objects.visible_to(member).order_by("name"),
        "teams": Team.objects.order_by("name"),
        "temperatures": Temperature.objects.all(),
        "reasons": Reason.objects.all(),
    }
    statuses = Status.objects.order_by("position", "name").values(
        row=JSONArray("pk", "slug", "name", "basis", "is_active")
    )
    return {name: rows.values(row=JSONArray("pk", "name")) for name, rows in pairs.items()} | {
        "statuses": statuses,
        "members": staff.values(row=JSONArray("pk", "user__name")),
    }
