"""Working time, from plain facts: whether somebody works now, and when so many minutes of work will have passed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

FARTHEST_DAYS = 60
STRETCH = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")


@dataclass(frozen=True)
class Stretch:
    """Work on a weekday (0 is Monday) from a time to a later one."""

    weekday: int
    begins: time
    ends: time


@dataclass(frozen=True)
class Schedule:
    """Somebody's working hours and days off in their zone. Without stretches there are no hours to keep to."""

    zone: ZoneInfo
    stretches: tuple[Stretch, ...] = ()
    days_off: frozenset[date] = field(default_factory=frozenset)

    def is_open(self, now: datetime) -> bool:
        local = now.astimezone(self.zone)
        return any(begins <= local < ends for begins, ends in self._of_day(local.date()))

    def periods(self, after: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The periods of work from a time on, in UTC; at most two months of them."""
        first = after.astimezone(self.zone).date()
        for offset in range(FARTHEST_DAYS):
            for begins, ends in self._of_day(first + timedelta(days=offset)):
                if ends > after:
                    yield max(begins, after).astimezone(UTC), ends.astimezone(UTC)

    def _of_day(self, day: date) -> list[tuple[datetime, datetime]]:
        if day in self.days_off:
            return []
        return [
            (datetime.combine(day, stretch.begins, self.zone), datetime.combine(day, stretch.ends, self.zone))
            for stretch in sorted(self.stretches, key=lambda stretch: stretch.begins)
            if stretch.weekday == day.weekday()
        ]


def after_work(schedules: list[Schedule], start: datetime, work: timedelta) -> datetime | None:
    """When so much time has passed during which at least one of them works; None when nobody ever does.

    Where nobody keeps hours, time simply passes.
    """
    keeping = [schedule for schedule in schedules if schedule.stretches]
    if len(keeping) < len(schedules) or not schedules:
        return start + work
    left, reached = work, start
    for begins, ends in sorted(period for schedule in keeping for period in schedule.periods(start)):
        resumed = max(begins, reached)
        if ends <= resumed:
            continue
        if left <= ends - resumed:
            return resumed + left
        left -= ends - resumed
        reached = ends
    return None


def read_day(weekday: int, text: str) -> list[Stretch]:
    """The stretches of a day as typed: "9:00-12:00, 12:30-17:00". Raises ValueError with a sentence to show."""
    parts = [part.strip() for part in text.replace(";", ",").split(",")]
    stretches = sorted((_stretch(weekday, part) for part in parts if part), key=lambda stretch: stretch.begins)
    for earlier, later in pairwise(stretches):
        if later.begins < earlier.ends:
            raise ValueError(_("Two stretches of the day overlap."))
    return stretches


def _stretch(weekday: int, part: str) -> Stretch:
    match = STRETCH.fullmatch(part)
    if not match:
        raise ValueError(_("Write hours as 9:00-12:00, 12:30-17:00."))
    hour, minute, last_hour, last_minute = map(int, match.groups())
    try:
        begins, ends = time(hour, minute), time(last_hour, last_minute)
    except ValueError:
        raise ValueError(_("There is no such time: %(time)s.") % {"time": part}) from None
    if ends <= begins:
        raise ValueError(_("%(time)s ends before it begins.") % {"time": part})
    return Stretch(weekday, begins, ends)


def written(stretches: list[Stretch]) -> str:
    """The stretches as they are typed."""
    return ", ".join(f"{stretch.begins:%H:%M}-{stretch.ends:%H:%M}" for stretch in stretches)
