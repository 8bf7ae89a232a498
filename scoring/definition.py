"""What an organization's records must be: the one definition, in SQL, that the night, each activity and a trial share.

Fragments of a WITH clause. What `PERSON`, `RECENT` and `RECORD` read from, as `one`, says who uses them: `rows` that
meet a condition, or `each_of` some people's. All take the parameters organization_id, today (the scoring day) and zone
(the organization's).
"""

RULES = """
rules AS MATERIALIZED (
    SELECT rule.id, rule.activity_kind, rule.points::integer, rule.days::integer, rule.person_kind,
           (SELECT array_agg(held.status_id) FROM scoring_rulestatus held WHERE held.rule_id = rule.id) AS statuses
    FROM scoring_scorerule rule WHERE rule.organization_id = %(organization_id)s AND rule.is_active)"""

SILENCES = """
silences AS MATERIALIZED (
    SELECT rule.id, rule.activity_kind, rule.points::integer, rule.after_days::integer, rule.repeat_days::integer,
           coalesce(rule.floor, rule.points)::integer AS floor, rule.person_kind,
           (SELECT array_agg(held.status_id) FROM scoring_inactivitystatus held
            WHERE held.rule_id = rule.id) AS statuses
    FROM scoring_inactivityrule rule WHERE rule.organization_id = %(organization_id)s AND rule.is_active)"""

# Further back than this nothing can matter: all has lapsed, and every inactivity rule is down at its floor.
HORIZON = """
horizon AS MATERIALIZED (
    SELECT %(today)s::date - 2 - greatest(
        (SELECT max(days) FROM rules),
        (SELECT max(after_days + coalesce(repeat_days, 0) * (floor / points + 1)) FROM silences)) AS day)"""

PERSON = """
person AS MATERIALIZED (
    SELECT one.id, one.kind, one.status_id, one.score, one.temperature_id, one.created_at FROM {people})"""

RECENT = """
recent AS MATERIALIZED (
    SELECT one.id, one.person_id, one.kind, one.happened_at FROM {activities}
      AND one.happened_at >= (SELECT day FROM horizon))"""

# Each activity that a rule holds for, with what it is worth and until when.
MET = """
met AS (
    SELECT person.id AS person_id, rules.id AS rule_id, recent.id AS activity_id, rules.points, recent.happened_at,
           (recent.happened_at AT TIME ZONE %(zone)s)::date + rules.days AS lapses_on
    FROM recent JOIN person ON person.id = recent.person_id
    JOIN rules ON rules.activity_kind = recent.kind AND rules.person_kind = person.kind
      AND (rules.statuses IS NULL OR person.status_id = ANY (rules.statuses))
    WHERE (recent.happened_at AT TIME ZONE %(zone)s)::date + rules.days > %(today)s)"""

# What an inactivity rule (`silences`) has taken after `quiet.days` without an activity of its kind.
TAKEN = """greatest(silences.floor, silences.points * (
    1 + coalesce((quiet.days - silences.after_days) / silences.repeat_days, 0)))"""
QUIET = "LATERAL (SELECT %(today)s::date - (greatest({since}) AT TIME ZONE %(zone)s)::date AS days) quiet"

SILENT = f"""
lasts AS (
    SELECT silences.id AS rule_id, recent.person_id, max(recent.happened_at) AS happened_at
    FROM recent JOIN silences ON silences.activity_kind IN ('', recent.kind) GROUP BY 1, 2),
silent AS (
    SELECT person.id AS person_id, silences.id AS rule_id, {TAKEN} AS points
    FROM person JOIN silences ON silences.person_kind = person.kind
      AND (silences.statuses IS NULL OR person.status_id = ANY (silences.statuses))
    LEFT JOIN lasts ON lasts.person_id = person.id AND lasts.rule_id = silences.id
    CROSS JOIN {QUIET.format(since="person.created_at, lasts.happened_at")}
    WHERE quiet.days >= silences.after_days)"""  # noqa: S608 - only constants of this module

SHOULD = """
should AS (
    SELECT person_id, rule_id, NULL::uuid AS inactivity_rule_id, activity_id, points, happened_at, lapses_on FROM met
    UNION ALL
    SELECT person_id, NULL, rule_id, NULL, points, NULL, NULL FROM silent)"""

RECORD = """
record AS (
    SELECT one.id, one.person_id, one.rule_id, one.inactivity_rule_id, one.activity_id, one.points, one.lapses_on
    FROM {records})"""

# Beside each other, what must be and what is.
COMPARED = """
compared AS {materialized} (
    SELECT coalesce(should.person_id, record.person_id) AS person_id, record.id AS record_id, should.rule_id,
           should.inactivity_rule_id, should.activity_id, should.points, should.happened_at, should.lapses_on,
           (should.points, should.lapses_on) IS DISTINCT FROM (record.points::integer, record.lapses_on) AS differs
    FROM should FULL JOIN record ON record.person_id = should.person_id
      AND coalesce(record.rule_id, record.inactivity_rule_id) = coalesce(should.rule_id, should.inactivity_rule_id)
      AND coalesce(record.activity_id, 0) = coalesce(should.activity_id, 0))"""

# Where two ranges overlap all the same, the one that begins higher holds.
RANGES = """
ranges AS MATERIALIZED (
    SELECT id, coalesce(lower, -2147483648) AS begins,
           least(upper, lead(lower) OVER (ORDER BY lower NULLS FIRST), 2147483647) AS ends
    FROM people_temperature WHERE organization_id = %(organization_id)s)"""
IN_RANGE = "LEFT JOIN ranges ON ranges.begins <= {total} AND {total} < ranges.ends"

NARROWED = {PERSON, RECENT, RECORD, COMPARED}
ALL_FACTS = (RULES, SILENCES, HORIZON, PERSON, RECENT, MET, SILENT, SHOULD, RECORD, COMPARED, RANGES)


def rows(table: str, condition: str) -> str:
    """The table's rows that meet the condition, as `one`."""
    return f"{table} one WHERE one.organization_id = %(organization_id)s AND {condition}"


def each_of(people: str, table: str, column: str) -> str:
    """The table's rows of each of the people, looked up one by one: a planner would rather read everybody's."""
    mine = f"SELECT mine.* FROM {table} mine WHERE mine.organization_id = %(organization_id)s"  # noqa: S608
    return f"{people} whose CROSS JOIN LATERAL ({mine} AND mine.{column} = whose.id OFFSET 0) one WHERE true"


def compared(*, people: str, activities: str, records: str, materialized: str = "") -> str:
    """`WITH …, compared AS (…), ranges AS (…)` for the people, activities and records that these sources give."""
    narrowing = {"people": people, "activities": activities, "records": records, "materialized": materialized}
    return "WITH" + ",".join(part.format(**narrowing) if part in NARROWED else part for part in ALL_FACTS)
