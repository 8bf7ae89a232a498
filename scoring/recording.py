"""Scores as things happen: what an activity is worth counts at once, by the definition the night uses."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from people.models import Activity, Person
from scoring import live
from scoring.days import scoring_day
from scoring.definition import (
    HORIZON,
    IN_RANGE,
    MET,
    MOST_TOTAL,
    PERSON,
    QUIET,
    RANGES,
    RECENT,
    RULES,
    SETTLE,
    SILENCES,
    TAKEN,
    rows,
    total_of,
)
from scoring.working_out import work_out

MINE = "organization_id = %(organization_id)s AND person_id = %(person_id)s"
# Said wherever one is meant: a planner that knows nothing of a new organization would go through all of its records.
OF_SILENCES = f"{MINE} AND activity_id IS NULL"
MANY = 1_000  # records; to sum up a million takes seconds
# The activity earns its records and gives back what inactivity has taken: the later the last activity, the less has
# been taken, so what remains is the smaller of what was and what the new one would leave. All records are
# summed up, but where there are many, what was earned is added to the total, unless that was cut off.
COUNT = f"""
WITH {RULES}, {SILENCES}, {HORIZON}, {PERSON.format(people=rows("people_person", "one.id = %(person_id)s"))},
{RECENT.format(activities=rows("people_activity", "one.id = %(activity_id)s"))}, {MET}, {RANGES},
earned AS (
    INSERT INTO scoring_scorerecord (organization_id, person_id, rule_id, activity_id, points, happened_at, lapses_on)
    SELECT %(organization_id)s, person_id, rule_id, activity_id, points, happened_at, lapses_on FROM met
    ON CONFLICT DO NOTHING RETURNING points),
eased AS (
    SELECT record.id, record.points AS was,
           CASE WHEN quiet.days < silence.after_days THEN 0 ELSE greatest(record.points, {TAKEN}) END AS points
    FROM scoring_scorerecord record JOIN silences silence ON silence.id = record.inactivity_rule_id
    CROSS JOIN {QUIET.format(since="%(happened_at)s::timestamptz")}
    WHERE {OF_SILENCES} AND silence.activity_kind IN ('', %(kind)s)),
gone AS (
    DELETE FROM scoring_scorerecord record USING eased
    WHERE {OF_SILENCES} AND eased.id = record.id AND eased.points = 0),
smaller AS (
    UPDATE scoring_scorerecord record SET points = eased.points FROM eased
    WHERE {OF_SILENCES} AND eased.id = record.id AND eased.points NOT IN (0, eased.was)),
before AS (
    SELECT coalesce(
        (SELECT total FROM people_personscore WHERE {MINE} AND abs(total) < {MOST_TOTAL}
         AND EXISTS (SELECT FROM scoring_scorerecord WHERE {MINE} OFFSET {MANY})),
        (SELECT sum(points) FROM scoring_scorerecord WHERE {MINE})) AS points),
total AS (
    SELECT {total_of("sum(points)")} AS total FROM (
        SELECT points FROM before
        UNION ALL SELECT points FROM earned UNION ALL SELECT points - was FROM eased) counted),
rightly AS (
    SELECT %(person_id)s::uuid AS person_id, total, ranges.id AS temperature_id
    FROM total {IN_RANGE.format(total="total")})
{SETTLE}
"""  # noqa: S608 - only constants of this module


def score(activity: Activity, *, now: datetime | None = None) -> bool:
    """Makes a record for each rule the activity meets; returns whether the person's score or temperature changed.

    The person's row is locked first: two activities at one moment must each see the other's records in the sum.
    """
    now = now or timezone.now()
    with transaction.atomic(savepoint=False):
        locked = Person.objects.select_for_update(no_key=True, of=("self",)).select_related("organization")
        zone = locked.only("organization__time_zone").get(pk=activity.person_id).organization.zone
        facts: dict[str, Any] = {
            "organization_id": activity.organization_id, "person_id": activity.person_id, "activity_id": activity.pk,
            "kind": activity.kind, "happened_at": activity.happened_at,
            "today": scoring_day(now, zone), "zone": str(zone), "now": now,
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(COUNT, facts)
            is_changed = cursor.rowcount > 0
    if is_changed:
        live.show_people([activity.person_id])
    return is_changed


def score_anew(person: Person) -> None:
    """Works everything of one person out, after a change of what rules hold for them."""
    now, zone = timezone.now(), person.organization.zone
    before = UUID(int=person.pk.int - 1)
    done = work_out(today=scoring_day(now, zone), zone=str(zone), now=now, after=before, upto=person.pk)
    if done.people_changed:
        live.show_people([person.pk])
