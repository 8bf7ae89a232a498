from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules import Happening, Rule, awards, holds, lapse_day, scoring_day

PRAGUE = ZoneInfo("Europe/Prague")
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
RULE = Rule(key=1, activity_kind="application", points=10, days=30)


@pytest.mark.parametrize(
    ("rule", "happening", "expected"),
    [
        ({}, {}, True),
        ({"is_active": False}, {}, False),
        ({}, {"activity_kind": "note"}, False),
        ({}, {"person_kind": "contact"}, False),
        ({"person_kind": "contact"}, {"person_kind": "contact"}, True),
        ({"statuses": frozenset({"new"})}, {"status": "new"}, True),
        ({"statuses": frozenset({"new"})}, {"status": "placed"}, False),
        ({"statuses": frozenset({"new"})}, {"status": None}, False),
        ({"statuses": frozenset({"new", "placed"})}, {"status": "placed"}, True),
    ],
)
def test_which_rules_an_activity_meets(rule, happening, expected):
    rule = Rule(**{"key": 1, "activity_kind": "application", "points": 10, "days": 30} | rule)
    happening = Happening(**{"activity_kind": "application", "happened_at": AT} | happening)
    assert holds(rule, happening) is expected


@pytest.mark.parametrize(
    ("happened_at", "days", "zone", "expected"),
    [
        (AT, 30, PRAGUE, date(2026, 12, 20)),
        (AT, 1, PRAGUE, date(2026, 11, 21)),
        # 23:30 in UTC is the next day in Prague, and the day before in Los Angeles
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), 1, PRAGUE, date(2026, 11, 22)),
        (datetime(2026, 11, 20, 3, tzinfo=UTC), 1, ZoneInfo("America/Los_Angeles"), date(2026, 11, 20)),
    ],
)
def test_the_day_of_lapse_is_by_the_organizations_calendar(happened_at, days, zone, expected):
    assert lapse_day(happened_at, days, zone) == expected


def test_what_has_lapsed_is_worth_nothing():
    happening = Happening("application", AT)
    last = date(2026, 12, 19)
    assert [award.points for award in awards([RULE], happening, today=last, zone=PRAGUE)] == [10]
    assert awards([RULE], happening, today=last + timedelta(days=1), zone=PRAGUE) == []


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


@given(st.integers(0, 500_000_000), st.integers(1, 3650))
def test_an_activity_counts_on_as_many_days_as_the_rule_says(seconds, days):
    happening = Happening("application", datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
    rule = Rule(key=1, activity_kind="application", points=1, days=days)
    first = happening.happened_at.astimezone(PRAGUE).date()
    assert awards([rule], happening, today=first + timedelta(days=days - 1), zone=PRAGUE)
    assert not awards([rule], happening, today=first + timedelta(days=days), zone=PRAGUE)
