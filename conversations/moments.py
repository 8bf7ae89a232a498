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


def times_to_wake(now: datetime, zone: ZoneInfo) -> Iterator[Choice]:
    """In an hour, and mornings to come in the zone of who reads them."""
    today = now.astimezone(zone).date()
    tomorrow, monday = today + timedelta(days=1), today + timedelta(days=7 - today.weekday())
    yield Choice(_("In an hour"), now + timedelta(hours=1))
    yield Choice(_("Tomorrow morning"), datetime.combine(tomorrow, MORNING, zone))
    if monday != tomorrow:
        yield Choice(_("Monday morning"), datetime.combine(monday, MORNING, zone))
    yield Choice(_("In a month"), datetime.combine(today + timedelta(days=30), MORNING, zone))


def read_moment(typed: str, zone: ZoneInfo) -> datetime:
    """ISO 8601; in `zone` if it names none. Raises NoTime, and Past: what is no moment within the year to come."""
    if not typed.strip():
        raise refusals.NoTime
    try:
        moment = parse_datetime(typed.strip())
        if moment is None:
            raise refusals.Past
        moment = moment.replace(tzinfo=zone) if timezone.is_naive(moment) else moment
        check_to_come(moment)
    except (ValueError, OverflowError):
        raise refusals.Past from None
    return moment


def check_to_come(moment: datetime) -> None:
    """Raises Past unless it is within the year to come."""
    if not timedelta() < moment - timezone.now() < FARTHEST:
        raise refusals.Past
