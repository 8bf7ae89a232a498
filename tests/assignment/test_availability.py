from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Member
from assignment.availability import absence_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("facts", "leads", "expected"),
    [
        ({"availability": "available"}, 0, ""),
        ({"availability": "available", "open_limit": 2}, 1, ""),
        ({"availability": "available", "open_limit": 2}, 2, "at_limit"),
        ({"availability": "available", "open_limit": 0}, 0, "at_limit"),
        ({"availability": "offline"}, 0, "offline"),
        ({"availability": "offline", "last_seen_at": NOW - timedelta(seconds=90)}, 0, ""),
        ({"availability": "offline", "last_seen_at": NOW - timedelta(minutes=3)}, 0, "offline"),
        ({"availability": "away", "last_seen_at": NOW}, 0, "away"),
        ({"availability": "away", "away_until": NOW + timedelta(hours=1)}, 0, "away"),
        ({"availability": "away", "away_until": NOW - timedelta(hours=1)}, 0, ""),
    ],
)
def test_who_can_take_a_lead(facts, leads, expected):
    assert absence_of(Member(**facts), open_conversations=leads, now=NOW) == expected
