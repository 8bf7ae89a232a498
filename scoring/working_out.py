"""All of an organization's scores worked out at once, in SQL: the same decision as rules.py, for everybody.

Runs inside the entered organization, so the policies narrow every table. First it is found who isn't right, reading
only; then those people's rows are locked, as `recording.score` locks them, and what they lack is put right.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.tenancy import current_organization_id

# Each activity that a rule holds for, with what it is worth and until when: what the records must be.
MET = """
    SELECT rule.id AS rule_id, activity.id AS activity_id, person.id AS person_id, rule.points, activity.happened_at,
           (activity.happened_at AT TIME ZONE %(zone)s)::date + rule.days AS lapses_on
    FROM scoring_scorerule rule
    JOIN people_activity activity ON activity.kind = rule.activity_kind
    JOIN people_person person ON person.id = activity.person_id AND person.kind = rule.person_kind
    WHERE rule.is_active
      AND (activity.happened_at AT TIME ZONE %(zone)s)::date + rule.days > %(today)s
      AND (NOT EXISTS (SELECT FROM scoring_rulestatus held WHERE held.rule_id = rule.id)
           OR EXISTS (SELECT FROM scoring_rulestatus held
                      WHERE held.rule_id = rule.id AND held.status_id = person.status_id))
"""
TEMPERATURE = """(
    SELECT range.id FROM people_temperature range
    WHERE (range.lower IS NULL OR range.lower <= {total}) AND (range.upper IS NULL OR range.upper > {total})
    ORDER BY range.lower DESC NULLS LAST LIMIT 1)
"""
UNSETTLED = f"""
CREATE TEMPORARY TABLE unsettled ON COMMIT DROP AS
WITH met AS ({MET}),
records AS (
    SELECT coalesce(met.person_id, record.person_id) AS person_id, coalesce(met.points, 0) AS points,
           (met.points, met.lapses_on) IS DISTINCT FROM (record.points, record.lapses_on) AS differs
    FROM met FULL JOIN scoring_scorerecord record USING (rule_id, activity_id)),
totals AS (
    SELECT person_id, sum(points) AS total, bool_or(differs) AS differs FROM records GROUP BY person_id)
SELECT person.id FROM people_person person LEFT JOIN totals ON totals.person_id = person.id
WHERE coalesce(totals.differs, false) OR person.score <> coalesce(totals.total, 0)
   OR person.temperature_id IS DISTINCT FROM {TEMPERATURE.format(total="coalesce(totals.total, 0)")}
"""  # noqa: S608 - only constants of this module
LOCK = """
SELECT person.id FROM people_person person JOIN unsettled USING (id) ORDER BY person.id FOR NO KEY UPDATE OF person
"""
DROP_RECORDS = f"""
WITH met AS ({MET} AND person.id IN (SELECT id FROM unsettled))
DELETE FROM scoring_scorerecord record
WHERE record.person_id IN (SELECT id FROM unsettled) AND NOT EXISTS (
    SELECT FROM met WHERE met.rule_id = record.rule_id AND met.activity_id = record.activity_id
      AND met.points = record.points AND met.lapses_on = record.lapses_on)
"""  # noqa: S608 - only constants of this module
ADD_RECORDS = f"""
INSERT INTO scoring_scorerecord (organization_id, person_id, rule_id, activity_id, points, happened_at, lapses_on)
SELECT %(organization_id)s, met.person_id, met.rule_id, met.activity_id, met.points, met.happened_at, met.lapses_on
FROM ({MET} AND person.id IN (SELECT id FROM unsettled)) met
WHERE NOT EXISTS (SELECT FROM scoring_scorerecord record
                  WHERE record.rule_id = met.rule_id AND record.activity_id = met.activity_id)
"""  # noqa: S608 - only constants of this module
SETTLE = f"""
WITH totals AS (
    SELECT unsettled.id, coalesce(sum(record.points), 0)::integer AS total
    FROM unsettled LEFT JOIN scoring_scorerecord record ON record.person_id = unsettled.id GROUP BY unsettled.id),
settled AS (SELECT id, total, {TEMPERATURE.format(total="total")} AS temperature_id FROM totals)
UPDATE people_person person SET score = settled.total, temperature_id = settled.temperature_id
FROM settled WHERE settled.id = person.id
  AND (person.score, person.temperature_id) IS DISTINCT FROM (settled.total, settled.temperature_id)
RETURNING person.id
"""  # noqa: S608 - only constants of this module


@dataclass(frozen=True)
class WorkedOut:
    """What it took to put everything right; all zero when everything was."""

    records_gone: int = 0
    records_added: int = 0
    people_changed: tuple[UUID, ...] = ()


def work_out(*, today: date, zone: str) -> WorkedOut:
    """Puts the records, totals and temperatures of all people right for the scoring day, in one transaction."""
    facts: dict[str, Any] = {"organization_id": current_organization_id(), "today": today, "zone": zone}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.unsettled")
        cursor.execute(UNSETTLED, facts)
        cursor.execute(LOCK)
        cursor.execute(DROP_RECORDS, facts)
        records_gone = cursor.rowcount
        cursor.execute(ADD_RECORDS, facts)
        records_added = cursor.rowcount
        cursor.execute(SETTLE)
        return WorkedOut(records_gone, records_added, tuple(row[0] for row in cursor.fetchall()))


RECLASSIFY = f"""
WITH settled AS (
    SELECT person.id, {TEMPERATURE.format(total="person.score")} AS temperature_id FROM people_person person)
UPDATE people_person person SET temperature_id = settled.temperature_id
FROM settled WHERE settled.id = person.id AND person.temperature_id IS DISTINCT FROM settled.temperature_id
"""  # noqa: S608 - only constants of this module


def settle_temperatures() -> int:
    """Gives everybody the temperature of their total, after the ranges changed; returns how many changed."""
    with connection.cursor() as cursor:
        cursor.execute(RECLASSIFY)
        return cursor.rowcount
