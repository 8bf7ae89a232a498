"""A stretch of an organization's people put right, in SQL and in one transaction.

Runs inside the entered organization. First it is found who isn't right, reading only; then those people's rows are
locked, as an activity locks them (recording.py), and what they lack is put right. Nothing is brought to the worker
but numbers.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.tenancy import current_organization_id
from people.models import Person
from scoring.definition import IN_RANGE, compared, each_of, rows
from scoring.models import DuePerson

STRETCH = 20_000  # people; a second's work where every one of them changes
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)
MOST_NAMED = 200

WITHIN = "{column} > %(after)s AND {column} <= %(upto)s"
WRONG = WITHIN + " AND {column} IN (SELECT id FROM unsettled)"  # noqa: S608 - only constants of this module
SOURCES = {
    "people": ("people_person", "id"),
    "activities": ("people_activity", "person_id"),
    "records": ("scoring_scorerecord", "person_id"),
}
STRETCH_OF = {name: rows(table, WITHIN.format(column=f"one.{key}")) for name, (table, key) in SOURCES.items()}
WRONG_OF = {name: rows(table, WRONG.format(column=f"one.{key}")) for name, (table, key) in SOURCES.items()}
FEW_OF = {name: each_of("unsettled", table, key) for name, (table, key) in SOURCES.items()}
MANY = 1_000
ROOM = "SET LOCAL work_mem = '64MB'; DROP TABLE IF EXISTS pg_temp.unsettled"
# The planner can't know how much the WITH clauses hold: for many people only hashing is quick, for few only look-ups.
TOLD_OF_FEW = "ANALYZE unsettled"
TOLD_OF_MANY = "SET LOCAL enable_nestloop = off; ANALYZE unsettled"
STRETCH_OF_DUE = 5_000
UPTO_DUE = """
SELECT person_id FROM scoring_dueperson WHERE organization_id = %(organization_id)s AND person_id > %(after)s
ORDER BY person_id OFFSET %(stretch)s - 1 LIMIT 1
"""
UPTO = """
SELECT id FROM people_person WHERE organization_id = %(organization_id)s AND id > %(after)s
ORDER BY id OFFSET %(stretch)s - 1 LIMIT 1
"""
UNSETTLED = f"""
CREATE TEMPORARY TABLE unsettled ON COMMIT DROP AS
{compared(**STRETCH_OF)},
totals AS (
    SELECT person_id, sum(coalesce(points, 0))::integer AS total, bool_or(differs) AS differs
    FROM compared GROUP BY person_id)
SELECT person.id FROM person LEFT JOIN totals ON totals.person_id = person.id
{IN_RANGE.format(total="coalesce(totals.total, 0)")}
WHERE coalesce(totals.differs, false) OR person.score <> coalesce(totals.total, 0)
   OR person.temperature_id IS DISTINCT FROM ranges.id
"""  # noqa: S608 - only constants of this module
DUE = """
CREATE TEMPORARY TABLE unsettled ON COMMIT DROP AS
SELECT person_id AS id FROM scoring_dueperson
WHERE organization_id = %(organization_id)s AND person_id > %(after)s AND person_id <= %(upto)s
"""
DONE = """
DELETE FROM scoring_dueperson
WHERE organization_id = %(organization_id)s AND person_id > %(after)s AND person_id <= %(upto)s
"""
LOCK = """
SELECT count(*) FROM (
    SELECT FROM people_person person JOIN unsettled USING (id) ORDER BY person.id FOR NO KEY UPDATE OF person) locked
"""
SETTLE = f"""
gone AS (
    DELETE FROM scoring_scorerecord record USING compared
    WHERE record.id = compared.record_id AND compared.points IS NULL RETURNING 1),
mended AS (
    UPDATE scoring_scorerecord record SET points = compared.points, lapses_on = compared.lapses_on FROM compared
    WHERE record.id = compared.record_id AND compared.differs AND compared.points IS NOT NULL RETURNING 1),
added AS (
    INSERT INTO scoring_scorerecord
        (organization_id, person_id, rule_id, inactivity_rule_id, activity_id, points, happened_at, lapses_on)
    SELECT %(organization_id)s, person_id, rule_id, inactivity_rule_id, activity_id, points, happened_at, lapses_on
    FROM compared WHERE record_id IS NULL RETURNING 1),
totals AS (
    SELECT unsettled.id, coalesce(sum(compared.points), 0)::integer AS total
    FROM unsettled LEFT JOIN compared ON compared.person_id = unsettled.id GROUP BY unsettled.id),
right_ones AS (
    SELECT totals.id, total, ranges.id AS temperature_id FROM totals {IN_RANGE.format(total="total")}),
settled AS (
    UPDATE people_person person SET score = right_ones.total, temperature_id = right_ones.temperature_id,
        temperature_at = CASE WHEN person.temperature_id IS DISTINCT FROM right_ones.temperature_id
                              THEN %(now)s ELSE person.temperature_at END
    FROM right_ones WHERE right_ones.id = person.id
      AND (person.score, person.temperature_id) IS DISTINCT FROM (right_ones.total, right_ones.temperature_id)
    RETURNING person.id)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM mended),
       (SELECT count(*) FROM added) + (SELECT count(*) FROM mended),
       (SELECT count(*) FROM settled), ARRAY(SELECT id FROM settled LIMIT %(most_named)s)
"""  # noqa: S608 - only constants of this module
SETTLE_MANY = f"{compared(**WRONG_OF, materialized='MATERIALIZED')},{SETTLE}"
SETTLE_FEW = f"{compared(**FEW_OF, materialized='MATERIALIZED')},{SETTLE}"


@dataclass(frozen=True)
class WorkedOut:
    """What it took to put a stretch right; all zero when everything was. `named`: some of the people changed."""

    records_gone: int = 0
    records_added: int = 0
    people_changed: int = 0
    named: tuple[UUID, ...] = ()

    def __add__(self, other: "WorkedOut") -> "WorkedOut":
        return WorkedOut(
            self.records_gone + other.records_gone,
            self.records_added + other.records_added,
            self.people_changed + other.people_changed,
            (self.named + other.named)[:MOST_NAMED],
        )


def end_of_stretch(after: UUID, size: int = STRETCH) -> UUID:
    """The last person of the stretch that begins behind `after`; LAST when there are fewer people than that."""
    return _last_of(UPTO, after, size)


def end_of_due_stretch(after: UUID, size: int = STRETCH_OF_DUE) -> UUID:
    """The same among those who are due."""
    return _last_of(UPTO_DUE, after, size)


def _last_of(sql: str, after: UUID, size: int) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"organization_id": current_organization_id(), "after": after, "stretch": size})
        row = cursor.fetchone()
        return row[0] if row else LAST


def work_out(*, today: date, zone: str, now: datetime, after: UUID = FIRST, upto: UUID = LAST) -> WorkedOut:
    """Puts records, totals and temperatures right for the people behind `after`, up to `upto`, in one transaction.

    `today` is the scoring day.
    """
    facts = _facts(today=today, zone=zone, now=now, after=after, upto=upto)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROOM)
        cursor.execute(UNSETTLED, facts)
        return _settle(cursor, facts, many=cursor.rowcount > MANY)


def work_out_due(*, today: date, zone: str, now: datetime, after: UUID, upto: UUID) -> WorkedOut:
    """The same for those of them who are due, who then aren't any more."""
    facts = _facts(today=today, zone=zone, now=now, after=after, upto=upto)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ROOM)
        cursor.execute(DUE, facts)
        done = _settle(cursor, facts, many=False)
        cursor.execute(DONE, facts)
        return done


def _facts(**facts: Any) -> dict[str, Any]:
    return {"organization_id": current_organization_id(), "most_named": MOST_NAMED} | facts


def _settle(cursor: Any, facts: dict[str, Any], *, many: bool) -> WorkedOut:
    if not cursor.rowcount:
        return WorkedOut()
    cursor.execute(TOLD_OF_MANY if many else TOLD_OF_FEW)
    cursor.execute(LOCK)
    cursor.execute(SETTLE_MANY if many else SETTLE_FEW, facts)
    gone, added, changed, named = cursor.fetchone()
    return WorkedOut(gone, added, changed, tuple(named))


def people_within(after: UUID, upto: UUID) -> int:
    """How many people a stretch holds."""
    return Person.objects.filter(pk__gt=after, pk__lte=upto).count()


def due_within(after: UUID, upto: UUID) -> int:
    return DuePerson.objects.filter(person_id__gt=after, person_id__lte=upto).count()
