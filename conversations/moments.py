"""Times to choose from, and times as people type them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from conversations import refusals

FARTHEST = timedelta(days=366)
MORNING, AFTERNOON = time(9), time(14)


@dataclass(frozen=True)
class Choice:
    title: str
    at: datetime


def times_to_write(now: datetime, zone: ZoneInfo) -> Iterator[Choice]:
    """Moments of a working day to come at which a message is welcome, in the zone of who reads it."""
    here = now.astimezone(zone)
    if here.time() < AFTERNOON:
        yield Choice(_("This afternoon"), datetime.combine(here.date(), AFTERNOON, zone))
    tomorrow, monday = here.date() + timedelta(days=1), here.date() + timedelta(days=7 - here.weekday())
    yield Choice(_("Tomorrow morning"), datetime.combine(tomorrow, MORNING, zone))
    yield Choice(_("Tomorrow afternoon"), datetime.combine(tomorrow, AFTERNOON, zone))
    if monday != tomorrow:
        yield Choice(_("Monday morning"), datetime.combine(monday, MORNING, zone))


def read_moment(typed: str, zone: ZoneInfo) -> datetime:
    """ISO 8601; in `zone` if it names none. Raises Past: what is no moment within the year to come."""
    try:
        moment = parse_datetime(typed.strip())
        if moment and timezone.is_naive(moment):
            moment = moment.replace(tzinfo=zone)
        if moment and timedelta() < moment - timezone.now() < FARTHEST:
            return moment
    except (ValueError, OverflowError):
        pass
    raise refusals.Past
