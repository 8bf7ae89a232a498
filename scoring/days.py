"""What day it is for scores."""

from datetime import date, datetime, timedelta, tzinfo

NIGHT_BEGINS = timedelta(hours=2)


def scoring_day(now: datetime, zone: tzinfo) -> date:
    """The day that scores are of: it begins at 02:00 by the organization's clock, when the night's run does."""
    return (now.astimezone(zone).replace(tzinfo=None) - NIGHT_BEGINS).date()
