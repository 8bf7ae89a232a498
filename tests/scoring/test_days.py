from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from scoring.days import scoring_day

PRAGUE = ZoneInfo("Europe/Prague")


@pytest.mark.parametrize(
    ("local", "day"),
    [
        (datetime(2026, 11, 22, 1, 59, tzinfo=PRAGUE), date(2026, 11, 21)),
        (datetime(2026, 11, 22, 2, 0, tzinfo=PRAGUE), date(2026, 11, 22)),
        # 29 March: 02:00 doesn't exist, the clock goes from 01:59 to 03:00
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29)),
        # 25 October: 02:00 comes twice
        (datetime(2026, 10, 24, 23, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 0, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 1, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_the_day_of_scores_begins_at_two(local, day):
    assert scoring_day(local, PRAGUE) == day
