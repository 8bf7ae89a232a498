"""Which rules an activity meets, what it is worth by each, and until when. Plain facts in, a decision out.

The nightly run (night.py) says the same in SQL for everybody at once; a test holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

NIGHT_BEGINS = timedelta(hours=2)


@dataclass(frozen=True)
class Rule:
    """A rule as it decides; no `statuses` means all of them. `days` count from the activity's own day."""

    key: Any
    activity_kind: str
    points: int
    days: int
    person_kind: str = "candidate"
    statuses: frozenset[Any] = field(default_factory=frozenset)
    is_active: bool = True


@dataclass(frozen=True)
class Happening:
    """An activity as the rules see it: what, when (aware), and who the person was by kind and status."""

    activity_kind: str
    happened_at: datetime
    person_kind: str = "candidate"
    status: Any | None = None


@dataclass(frozen=True)
class Award:
    rule: Rule
    points: int
    lapses_on: date


def scoring_day(now: datetime, zone: tzinfo) -> date:
    """The day that scores are of: it begins at 02:00 by the organization's clock, when the night's run does."""
    return (now.astimezone(zone).replace(tzinfo=None) - NIGHT_BEGINS).date()


def lapse_day(happened_at: datetime, days: int, zone: tzinfo) -> date:
    """The first day on which the activity counts no more."""
    return happened_at.astimezone(zone).date() + timedelta(days=days)


def holds(rule: Rule, happening: Happening) -> bool:
    """Whether the rule is about this activity of this person at all."""
    return (
        rule.is_active
        and rule.activity_kind == happening.activity_kind
        and rule.person_kind == happening.person_kind
        and (not rule.statuses or happening.status in rule.statuses)
    )


def awards(rules: Iterable[Rule], happening: Happening, *, today: date, zone: tzinfo) -> list[Award]:
    """What the activity is worth today, by each rule it meets; `today` is the scoring day."""
    met = [rule for rule in rules if holds(rule, happening)]
    found = [Award(rule, rule.points, lapse_day(happening.happened_at, rule.days, zone)) for rule in met]
    return [award for award in found if award.lapses_on > today]
