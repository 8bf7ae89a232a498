"""What somebody asked a report about: a period, and what to look at in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Organization

BREAKDOWNS = {"source": _("By source"), "campaign": _("By campaign"), "member": _("By member")}
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Period:
    """Whole days of the organization's time zone, both ends included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time.min, self.zone)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, self.zone)

    @property
    def before(self) -> "Period":
        """As many days, right before."""
        days = self.last - self.first + timedelta(days=1)
        return Period(self.first - days, self.last - days, self.zone)


class Asked(forms.Form):
    """The filters of an address. What can't be read is as if it weren't there."""

    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
    by = forms.ChoiceField(choices=list(BREAKDOWNS.items()), required=False)
    campaign = forms.UUIDField(required=False)
    member = forms.UUIDField(required=False)
    source = forms.CharField(required=False, max_length=36)
    status = forms.SlugField(required=False)
    basis = forms.SlugField(required=False)
    reason = forms.UUIDField(required=False)
    stage = forms.SlugField(required=False)


class Filters:
    """A period, and what is looked at in it, as an address says it and can say it again."""

    def __init__(self, member: Member, query: QueryDict, *, now: datetime) -> None:
        form = Asked(query)
        form.is_valid()
        self.member, self.values = member, {name: value for name, value in form.cleaned_data.items() if value}
        self.period = _period(self.values, member.organization, now)

    @property
    def by(self) -> str:
        return self.values.get("by", "source")

    @cached_property
    def narrowing(self) -> dict[str, Any]:
        """Conditions on deliveries; `source` may be `none`."""
        names = {
            "campaign": "application__campaign",
            "member": "author",
            "status": "status__slug",
            "basis": "status__basis",
            "reason": "reason",
        }
        found = {lookup: self.values[name] for name, lookup in names.items() if name in self.values}
        return found | self.source("application__source")

    def source(self, lookup: str) -> dict[str, Any]:
        """The condition on the source by this lookup."""
        asked = self.values.get("source", "")
        if asked == "none":
            return {f"{lookup}__isnull": True}
        return {f"{lookup}__id__in": _uuids(asked)} if asked else {}

    def url(self, name: str, **changes: Any) -> str:
        """The address of a report with these filters, some changed; an empty value takes one away."""
        values = self.values | {"first": self.period.first, "last": self.period.last} | changes
        return f"{reverse(name)}?{urlencode({key: str(value) for key, value in values.items() if value})}"

    @property
    def back(self) -> str:
        """The address of the report that a number was pressed in."""
        return self.url("reports:outcomes", source="", status="", basis="", reason="", stage="")


def _period(values: dict[str, Any], organization: Organization, now: datetime) -> Period:
    """From the first of this month to today, unless asked for otherwise; never longer than three years."""
    today = now.astimezone(organization.zone).date()
    last = values.get("last") or max(today, values.get("first") or today)
    last = min(max(last, date(2000, 1, 1)), date(2100, 1, 1))
    first = min(values.get("first") or last.replace(day=1), last)
    return Period(max(first, last - LONGEST), last, organization.zone)


def _uuids(text: str) -> list[Any]:
    try:
        return [forms.UUIDField().clean(text)]
    except forms.ValidationError:
        return []
