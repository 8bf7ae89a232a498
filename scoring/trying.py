"""A rule tried on everybody before it is saved: who would be how hot, and why. Nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection, transaction

from accounts.models import Organization
from accounts.tenancy import current_organization_id
from people.models import Person, Temperature
from scoring.days import scoring_day
from scoring.definition import (
    COUNTS_SINCE,
    HORIZON,
    IN_RANGE,
    MET,
    PERSON,
    RANGES,
    RECENT,
    SCORED,
    SHOULD,
    SILENT,
    rows,
    total_of,
)
from scoring.models import InactivityRule, ScoreRule

EXAMPLES = 10
PATIENCE_MS = 20_000
FACTS = (
    "activity_kind", "within_minutes", "points", "person_kind", "is_active", "days", "after_days", "repeat_days",
    "floor",
)  # fmt: skip
COLUMNS = """%(rule)s::uuid AS id, %(activity_kind)s::text AS activity_kind, %(points)s::integer AS points,
    %(person_kind)s::text AS person_kind, %(statuses)s::uuid[] AS statuses"""
DRAFT = f"""
rules AS MATERIALIZED (
    SELECT {COLUMNS}, %(within_minutes)s::integer AS within_minutes, %(days)s::integer AS days,
           {COUNTS_SINCE.format(days="%(days)s::integer")}
    WHERE %(days)s::integer IS NOT NULL AND %(is_active)s)"""
SILENT_DRAFT = f"""
silences AS MATERIALIZED (
    SELECT {COLUMNS}, %(after_days)s::integer AS after_days, %(repeat_days)s::integer AS repeat_days,
           %(floor)s::integer AS floor WHERE %(after_days)s::integer IS NOT NULL AND %(is_active)s)"""
OUTCOME = f"""
CREATE TEMPORARY TABLE outcome ON COMMIT DROP AS
WITH {DRAFT}, {SILENT_DRAFT}, {HORIZON}, {PERSON.format(people=rows("people_person", "true"))},
{RECENT.format(activities=rows("people_activity", "true"))},
{MET}, {SILENT}, {SHOULD}, {RANGES}, {SCORED.format(scores=rows("people_personscore", "true"))},
gained AS (SELECT person_id, sum(points) AS points, count(*) AS times FROM should GROUP BY person_id),
had AS (
    SELECT person_id, sum(points) AS points FROM scoring_scorerecord
    WHERE organization_id = %(organization_id)s AND (rule_id = %(rule)s OR inactivity_rule_id = %(rule)s)
    GROUP BY person_id),
totals AS (
    SELECT person.id, coalesce(scored.total, 0) AS before, coalesce(gained.points, 0) AS gained,
           coalesce(gained.times, 0) AS times, scored.temperature_id AS was,
           {total_of("coalesce(scored.total, 0) - coalesce(had.points, 0) + coalesce(gained.points, 0)")} AS after
    FROM person LEFT JOIN scored ON scored.person_id = person.id LEFT JOIN gained ON gained.person_id = person.id
    LEFT JOIN had ON had.person_id = person.id)
SELECT totals.*, ranges.id AS will_be FROM totals {IN_RANGE.format(total="totals.after")}
"""  # noqa: S608 - only constants of this module
COUNTS = "SELECT was, will_be, count(*) FROM outcome GROUP BY was, will_be"
CHANGED = """
SELECT id, before, after, gained, times, was, will_be FROM outcome WHERE before <> after
ORDER BY (was IS DISTINCT FROM will_be) DESC, abs(after - before) DESC, id LIMIT %(examples)s
"""


class TooMany(Exception):
    """There are too many people to try it on while somebody waits."""


@dataclass(frozen=True)
class Share:
    """How many people have a temperature, and would have it."""

    temperature: Temperature | None
    now: int
    then: int


@dataclass(frozen=True)
class Example:
    """Somebody whom the rule changes: `times` it counts, for `gained` points in all."""

    person: Person
    before: int
    after: int
    gained: int
    times: int
    was: Temperature | None
    will_be: Temperature | None


@dataclass(frozen=True)
class Trial:
    shares: list[Share]
    examples: list[Example]
    changed: int


def try_rule(rule: ScoreRule | InactivityRule, statuses: Iterable[UUID], *, now: datetime) -> Trial:
    """What would be if the rule were saved like this, beside what is. Raises TooMany."""
    zone = Organization.objects.get(pk=current_organization_id() or 0).zone
    facts = _facts(rule, list(statuses)) | {
        "organization_id": current_organization_id(), "today": scoring_day(now, zone), "zone": str(zone),
        "examples": EXAMPLES,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [PATIENCE_MS])
        try:
            cursor.execute("DROP TABLE IF EXISTS pg_temp.outcome")
            cursor.execute(OUTCOME, facts)
        except OperationalError as error:
            raise TooMany from error
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(COUNTS)
        counts = cursor.fetchall()
        cursor.execute(CHANGED, facts)
        return _trial(counts, cursor.fetchall())


def _facts(rule: ScoreRule | InactivityRule, statuses: list[UUID]) -> dict[str, Any]:
    facts = {name: getattr(rule, name, None) for name in FACTS}
    if facts["floor"] is None:
        facts["floor"] = rule.points
    return facts | {"rule": rule.pk, "statuses": statuses or None}


def _trial(counts: list[tuple[Any, Any, int]], rows: list[tuple[Any, ...]]) -> Trial:
    temperatures = {each.pk: each for each in Temperature.objects.all()}
    shares = [
        Share(
            temperature,
            now=sum(number for was, _, number in counts if was == key),
            then=sum(number for _, will_be, number in counts if will_be == key),
        )
        for key, temperature in [*temperatures.items(), (None, None)]
    ]
    people = Person.objects.in_bulk([row[0] for row in rows])
    examples = [
        Example(people[pk], before, after, gained, times, temperatures.get(was), temperatures.get(will_be))
        for pk, before, after, gained, times, was, will_be in rows
    ]
    changed = sum(number for was, will_be, number in counts if was != will_be)
    return Trial([share for share in shares if share.temperature or share.now or share.then], examples, changed)
