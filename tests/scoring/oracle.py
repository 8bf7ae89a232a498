"""What the rules say, in plain Python and by itself: what the SQL is held against."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo


@dataclass
class Somebody:
    kind: str
    status: str | None
    came_at: datetime
    activities: list[tuple[str, datetime]] = field(default_factory=list)


@dataclass
class Points:
    """A score rule."""

    activity_kind: str
    points: int
    days: int
    person_kind: str = "candidate"
    status: str | None = None
    is_active: bool = True


@dataclass
class Silence:
    """An inactivity rule; `activity_kind` "" is any."""

    activity_kind: str
    after_days: int
    points: int
    repeat_days: int | None = None
    floor: int | None = None
    person_kind: str = "candidate"
    status: str | None = None
    is_active: bool = True


def is_about(rule: Points | Silence, somebody: Somebody) -> bool:
    return (
        rule.is_active and rule.person_kind == somebody.kind and (rule.status is None or rule.status == somebody.status)
    )


def records(somebody: Somebody, rules: list[Points | Silence], today: date, zone: ZoneInfo) -> list[int]:
    """The points of each record that must be there, sorted."""
    found: list[int] = []
    for rule in rules:
        if not is_about(rule, somebody):
            continue
        if isinstance(rule, Points):
            met = [at for kind, at in somebody.activities if kind == rule.activity_kind]
            found += [rule.points for at in met if day(at, zone) + timedelta(days=rule.days) > today]
        elif taken := taken_by(rule, somebody, today, zone):
            found.append(taken)
    return sorted(found)


def taken_by(rule: Silence, somebody: Somebody, today: date, zone: ZoneInfo) -> int:
    heard = [at for kind, at in somebody.activities if rule.activity_kind in {"", kind}]
    quiet = (today - day(max([somebody.came_at, *heard]), zone)).days
    if quiet < rule.after_days:
        return 0
    if not rule.repeat_days or rule.floor is None:
        return rule.points
    times = 1 + (quiet - rule.after_days) // rule.repeat_days
    return max(rule.floor, rule.points * min(times, ceil(rule.floor / rule.points)))


def day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
