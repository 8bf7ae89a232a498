"""What somebody asked a report about: a period, and what to look at in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Organization
from people.asking import MOST_SCORE

BREAKDOWNS = {
    "source": _("By source"),
    "campaign": _("By campaign"),
    "team": _("By team"),
    "member": _("By member"),
    "temperature": _("By temperature"),
    "period": _("Over time"),
}
LONGEST = timedelta(days=3 * 366)
NONE = "none"  # deliveries without a source, a campaign, a team
ROWS = {
    "campaign": "application__campaign",
    "team": "application__campaign__team",
    "source": "application__source",
    "member": "author",
    "temperature": "application__person__scored__temperature",
    "score": "application__person__scored__total__gte",
    "reason": "reason",
}
VALUES = {"status": "status__slug", "basis": "status__basis", "rating": "rating"}


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
    def unit(self) -> str:
        """Into what it is divided to be looked at over time."""
        days = (self.last - self.first).days + 1
        return "day" if days <= 31 else "week" if days <= 26 * 7 else "month"

    def part(self, begins: date) -> "Period":
        """The piece of it, in its unit, that begins then."""
        if self.unit == "month":
            ends = (begins.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        else:
            ends = begins + timedelta(days=6 if self.unit == "week" else 0)
        return Period(max(begins, self.first), min(ends, self.last), self.zone)

    @property
    def before(self) -> "Period":
        """As many days, right before."""
        days = self.last - self.first + timedelta(days=1)
        return Period(self.first - days, self.last - days, self.zone)


class RowField(forms.UUIDField):
    """A row, or `none` for those that have none."""

    def to_python(self, value: Any) -> Any:
        return value if value == NONE else super().to_python(value)


class Asked(forms.Form):
    """The filters of an address. What can't be read is as if it weren't there."""

    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
    by = forms.ChoiceField(choices=list(BREAKDOWNS.items()), required=False)
    campaign = RowField(required=False)
    team = RowField(required=False)
    source = RowField(required=False)
    member = forms.UUIDField(required=False)
    temperature = RowField(required=False)
    score = forms.IntegerField(required=False, min_value=-MOST_SCORE, max_value=MOST_SCORE)
    status = forms.SlugField(required=False)
    basis = forms.SlugField(required=False)
    reason = forms.UUIDField(required=False)
    rating = forms.IntegerField(required=False, min_value=1, max_value=5)
    answer = forms.SlugField(required=False)
    stage = forms.SlugField(required=False)
    sort = forms.ChoiceField(choices=[("score", _("Highest score"))], required=False)
    pressed = forms.CharField(required=False, max_length=100)


def is_asked(value: Any) -> bool:
    """Whether a filter has a value; a score of 0 is one."""
    return bool(value) or value == 0


class Filters:
    """A period, and what is looked at in it, as an address says it and can say it again."""

    def __init__(self, member: Member, query: QueryDict, *, now: datetime) -> None:
        form = Asked(query)
        form.is_valid()
        self.member, self.values = member, {name: value for name, value in form.cleaned_data.items() if is_asked(value)}
        self.period = _period(self.values, member.organization, now)

    @property
    def by(self) -> str:
        return self.values.get("by", "source")

    def conditions(self, columns: dict[str, str] = ROWS) -> Q:
        """On deliveries, or on rows whose columns these are."""
        asked = Q(*(_condition(column, self.values[name]) for name, column in columns.items() if name in self.values))
        workspace = self.member.chosen_workspace
        if workspace and "campaign" in columns:
            asked &= Q(**{f"{columns['campaign']}__workspace": workspace})
        return asked

    def of_outcome(self) -> Q:
        """On a delivery's status, its basis and the stars."""
        return self.conditions(VALUES)

    def url(self, name: str, **changes: Any) -> str:
        """The address of a report with these filters, some changed; an empty value takes one away."""
        values = self.values | {"first": self.period.first, "last": self.period.last} | changes
        return f"{reverse(name)}?{urlencode({key: str(value) for key, value in values.items() if is_asked(value)})}"

    def behind(self, name: str = "reports:behind", **pressed: Any) -> str:
        """The address of what is behind a number, which remembers which filters the number itself has set."""
        return self.url(name, **pressed, pressed=" ".join(pressed))

    @property
    def back(self) -> str:
        """The address of the report that a number was pressed in."""
        pressed = [name for name in self.values.get("pressed", "").split() if name in Asked.base_fields]
        kept = dict.fromkeys({*pressed, "pressed"} - {"first", "last"}, "") | {"sort": ""}
        return self.url("reports:outcomes", **kept)


def _condition(column: str, asked: Any) -> Q:
    return Q(**{f"{column}__isnull": True}) if asked == NONE else Q(**{column: asked})


def _period(values: dict[str, Any], organization: Organization, now: datetime) -> Period:
    """From the first of this month to today, unless asked for otherwise; never longer than three years."""
    today = now.astimezone(organization.zone).date()
    last = values.get("last") or max(today, values.get("first") or today)
    last = min(max(last, date(2000, 1, 1)), date(2100, 1, 1))
    first = min(values.get("first") or last.replace(day=1), last)
    return Period(max(first, last - LONGEST), last, organization.zone)
