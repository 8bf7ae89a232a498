"""Who may have another score tonight than last night, found by looking only at what a day can change.

An activity has happened so long ago that its record lapses; an inactivity rule's days since the last one are up; an
activity was written past us. All else was counted when it happened, or is worked out after a change of rules for
everybody. And a sixty-fourth of the people each night are gone through all the same, so that whatever else was altered
is right within two months.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max

from accounts.tenancy import current_organization_id
from people.models import Activity, Person
from scoring.definition import HOLDS_FOR, OF_KIND, RULES, SILENCES

SHARE = 64
LATE = 1_000  # ids that may have been taken before and committed after the last night
# All of it is found by indexes; a planner that doesn't know how little that is would read everything instead.
BY_INDEX = "SET LOCAL enable_hashjoin = {0}; SET LOCAL enable_mergejoin = {0}"
GATHER = f"""
WITH {RULES}, {SILENCES},
spans AS MATERIALIZED (
    SELECT silence.*, mark.day::timestamp AT TIME ZONE %(zone)s AS begins,
           (mark.day + 1)::timestamp AT TIME ZONE %(zone)s AS ends
    FROM silences silence
    CROSS JOIN LATERAL generate_series(0, CASE WHEN repeat_days IS NULL THEN 0 ELSE floor / points + 1 END)
        AS times (number)
    CROSS JOIN generate_series(%(since)s::date + 1, %(today)s::date, '1 day') AS until (day)
    CROSS JOIN LATERAL (SELECT until.day::date - after_days - times.number * coalesce(repeat_days, 0) AS day) mark),
lapsing AS MATERIALIZED (
    SELECT rules.*, (%(since)s::date - days + 1)::timestamp AT TIME ZONE %(zone)s AS begins,
           (%(today)s::date - days + 1)::timestamp AT TIME ZONE %(zone)s AS ends FROM rules),
lapsed AS (
    SELECT one.person_id FROM lapsing rule JOIN people_activity one ON one.organization_id = %(organization_id)s
      AND one.happened_at >= rule.begins AND one.happened_at < rule.ends AND one.kind = rule.activity_kind
    JOIN people_person person ON person.organization_id = %(organization_id)s AND person.id = one.person_id
      AND {HOLDS_FOR.format("rule")}),
did AS MATERIALIZED (
    SELECT spans.*, one.person_id FROM spans JOIN people_activity one ON one.organization_id = %(organization_id)s
      AND one.happened_at >= spans.begins AND one.happened_at < spans.ends AND spans.activity_kind IN ('', one.kind)),
quiet AS (
    SELECT did.person_id FROM did
    JOIN people_person person ON person.organization_id = %(organization_id)s AND person.id = did.person_id
      AND {HOLDS_FOR.format("did")}
    WHERE did.ends > (
        SELECT max(later.happened_at) FROM people_activity later
        WHERE later.organization_id = %(organization_id)s AND later.person_id = did.person_id
          AND did.activity_kind IN ('', later.kind))),
come AS (
    SELECT person.id FROM spans JOIN people_person person ON person.organization_id = %(organization_id)s
      AND person.created_at >= spans.begins AND person.created_at < spans.ends AND {HOLDS_FOR.format("spans")}),
written AS (
    SELECT id, person_id, kind, minutes, happened_at FROM people_activity
    WHERE organization_id = %(organization_id)s AND id > %(last_activity)s ORDER BY id),
not_counted AS (
    SELECT one.person_id FROM written one
    JOIN people_person person ON person.organization_id = %(organization_id)s AND person.id = one.person_id
    JOIN rules rule ON {OF_KIND} AND {HOLDS_FOR.format("rule")} AND one.happened_at >= rule.counts_since
    WHERE NOT EXISTS (
        SELECT FROM scoring_scorerecord record WHERE record.organization_id = %(organization_id)s
          AND record.person_id = one.person_id AND record.activity_id = one.id AND record.rule_id = rule.id)),
not_eased AS (
    SELECT one.person_id FROM written one
    JOIN scoring_scorerecord record ON record.organization_id = %(organization_id)s
      AND record.person_id = one.person_id AND record.activity_id IS NULL
    JOIN silences silence ON silence.id = record.inactivity_rule_id AND silence.activity_kind IN ('', one.kind)),
in_turn AS (
    SELECT id FROM people_person WHERE organization_id = %(organization_id)s
    ORDER BY id OFFSET %(skipped)s LIMIT %(share)s),
due AS (
    SELECT person_id FROM lapsed UNION SELECT person_id FROM quiet UNION SELECT id FROM come
    UNION SELECT person_id FROM not_counted UNION SELECT person_id FROM not_eased UNION SELECT id FROM in_turn)
INSERT INTO scoring_dueperson (organization_id, person_id) SELECT %(organization_id)s, person_id FROM due
ON CONFLICT DO NOTHING
"""  # noqa: S608 - only constants of this module


def gather(*, since: date, today: date, zone: str, last_activity: int) -> int:
    """Writes down who is due today, when all was right on the day `since`; returns how many."""
    people = Person.objects.count()
    share = people // SHARE + 1
    facts: dict[str, Any] = {
        "organization_id": current_organization_id(), "since": since, "today": today, "zone": zone,
        "last_activity": last_activity - LATE, "share": share, "skipped": share * (today.toordinal() % SHARE),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX.format("off"))
        cursor.execute(GATHER, facts)
        due = cursor.rowcount
        cursor.execute(BY_INDEX.format("on"))
    return due


def last_activity() -> int:
    """The newest activity's number."""
    return Activity.objects.aggregate(newest=Max("pk"))["newest"] or 0
