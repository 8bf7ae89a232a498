"""How a person's total came to be, day by day, and what would make them hot; by the rules as they are now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncDate

from people.models import Activity, Person, Temperature
from scoring.models import InactivityRule, ScoreRule

DAYS = 90
MOST_TIMES, MOST_WAYS = 5, 3


@dataclass(frozen=True)
class Day:
    on: date
    total: int


@dataclass(frozen=True)
class Happened:
    """So many activities of a kind on a day; `minutes`, when they are replies, that we waited for each."""

    kind: str
    on: date
    times: int
    minutes: int | None = None


@dataclass(frozen=True)
class Way:
    """What would make somebody hot: an activity, so many times."""

    rule: ScoreRule
    times: int

    @property
    def points(self) -> int:
        return self.rule.points * self.times


def history(person: Person, *, today: date, zone: ZoneInfo) -> list[Day]:
    """The total of each of the last 90 days, the oldest first."""
    rules, silences = rules_about(person), silences_about(person)
    did = happened_with(person, zone)
    came_on = person.created_at.astimezone(zone).date()
    days = (today - timedelta(days=DAYS - 1 - number) for number in range(DAYS))
    return [Day(on, total_on(on, did, rules, silences, came_on)) for on in days]


def total_on(
    on: date, did: Sequence[Happened], rules: Iterable[ScoreRule], silences: Iterable[InactivityRule], came_on: date
) -> int:
    """What the rules make of what had happened by the end of that day; 0 before the person came."""
    known = [each for each in did if each.on <= on]
    if on < came_on and not known:
        return 0
    earned = sum(
        rule.points * each.times
        for rule in rules
        for each in known
        if is_met(rule, each) and each.on + timedelta(days=rule.days) > on
    )
    return earned + sum(taken(silence, known, on, came_on) for silence in silences)


def is_met(rule: ScoreRule, did: Happened) -> bool:
    is_quick = rule.within_minutes is None or did.minutes is None or did.minutes <= rule.within_minutes
    return did.kind == rule.activity_kind and is_quick


def taken(rule: InactivityRule, known: Iterable[Happened], on: date, came_on: date) -> int:
    last = max((each.on for each in known if rule.activity_kind in {"", each.kind}), default=came_on)
    quiet = (on - max(last, came_on)).days
    if quiet < rule.after_days:
        return 0
    if not rule.repeat_days or rule.floor is None:
        return rule.points
    return max(rule.floor, rule.points * (1 + (quiet - rule.after_days) // rule.repeat_days))


def happened_with(person: Person, zone: ZoneInfo) -> list[Happened]:
    """All of the person's activities, by kind and day."""
    by_day = Activity.objects.filter(person=person).values("kind", "minutes", on=TruncDate("happened_at", tzinfo=zone))
    return [Happened(**row) for row in by_day.annotate(times=Count("pk")).order_by()]


def rules_about(person: Person) -> list[ScoreRule]:
    about = ScoreRule.objects.filter(is_active=True, person_kind=person.kind).prefetch_related("statuses")
    return [rule for rule in about if holds_for(rule, person)]


def silences_about(person: Person) -> list[InactivityRule]:
    about = InactivityRule.objects.filter(is_active=True, person_kind=person.kind).prefetch_related("statuses")
    return [rule for rule in about if holds_for(rule, person)]


def holds_for(rule: ScoreRule | InactivityRule, person: Person) -> bool:
    statuses = [status.pk for status in rule.statuses.all()]
    return not statuses or person.status_id in statuses


def ways_to(hottest: Temperature | None, person: Person, rules: Iterable[ScoreRule]) -> list[Way]:
    """The shortest ways to the highest temperature; none when the person is there."""
    missing = (hottest.lower or 0) - person.score if hottest and hottest.lower is not None else 0
    if missing <= 0:
        return []
    ways = [Way(rule, ceil(missing / rule.points)) for rule in rules if rule.points > 0]
    return sorted((way for way in ways if way.times <= MOST_TIMES), key=lambda way: way.times)[:MOST_WAYS]
