"""What an organization's records must be: the one definition, in SQL, that the night, each activity and a trial share.

Fragments of a WITH clause. What `PERSON`, `RECENT` and `RECORD` read from, as `one`, says who uses them: `rows` that
meet a condition, or `each_of` some people's. All take the parameters organization_id, today (the scoring day) and zone
(the organization's).
"""

from collections.abc import Mapping

# The moment from which on an activity still counts: the beginning of the day after the last one that has lapsed.
COUNTS_SINCE = "(%(today)s::date - {days} + 1)::timestamp AT TIME ZONE %(zone)s AS counts_since"

RULES = f"""
rules AS MATERIALIZED (
    SELECT rule.id, rule.activity_kind, rule.within_minutes, rule.points::integer, rule.days::integer,
           rule.person_kind, {COUNTS_SINCE.format(days="rule.days")},
           (SELECT array_agg(held.status_id) FROM scoring_rulestatus held WHERE held.rule_id = rule.id) AS statuses
    FROM scoring_scorerule rule WHERE rule.organization_id = %(organization_id)s AND rule.is_active)"""  # noqa: S608

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
    SELECT (%(today)s::date - 2 - greatest(
        (SELECT max(days) FROM rules),
        (SELECT max(after_days + coalesce(repeat_days, 0) * (floor / points + 1)) FROM silences))
    )::timestamp AT TIME ZONE %(zone)s AS begins)"""

PERSON = """
person AS MATERIALIZED (
    SELECT one.id, one.kind, one.status_id, one.created_at FROM {people})"""

SCORED = """
scored AS (
    SELECT one.person_id, one.total, one.temperature_id FROM {scores})"""

RECENT = """
recent AS MATERIALIZED (
    SELECT one.id, one.person_id, one.kind, one.minutes, one.happened_at FROM {activities}
      AND one.happened_at >= (SELECT begins FROM horizon))"""

# Whether an activity (as `one`) is of a rule's kind, and quick enough where the rule says how quick.
OF_KIND = """rule.activity_kind = one.kind
    AND (rule.within_minutes IS NULL OR one.minutes IS NULL OR one.minutes <= rule.within_minutes)"""
HOLDS_FOR = "{0}.person_kind = person.kind AND ({0}.statuses IS NULL OR person.status_id = ANY ({0}.statuses))"

# Each activity that a rule holds for, with what it is worth and until when. Most activities are too old for every rule
# of their kind: OFFSET 0 has the planner pass over those before it looks for their people.
MET = f"""
met AS (
    SELECT counting.person_id, counting.rule_id, counting.activity_id, counting.points, counting.happened_at,
           (counting.happened_at AT TIME ZONE %(zone)s)::date + counting.days AS lapses_on
    FROM (
        SELECT one.person_id, one.id AS activity_id, one.happened_at, rule.id AS rule_id, rule.points, rule.days,
               rule.person_kind, rule.statuses
        FROM recent one JOIN rules rule ON {OF_KIND} AND one.happened_at >= rule.counts_since OFFSET 0) counting
    JOIN person ON person.id = counting.person_id AND {HOLDS_FOR.format("counting")})"""  # noqa: S608

# What an inactivity rule (`silence`) has taken after `quiet.days` without an activity of its kind.
TAKEN = """greatest(silence.floor, silence.points * (
    1 + coalesce((quiet.days - silence.after_days) / silence.repeat_days, 0)))"""
QUIET = "LATERAL (SELECT %(today)s::date - (greatest({since}) AT TIME ZONE %(zone)s)::date AS days) quiet"

SILENT = f"""
held AS (
    SELECT person.id AS person_id, person.created_at AS came_at, silence.*
    FROM person JOIN silences silence ON {HOLDS_FOR.format("silence")}),
lasts AS (
    SELECT held.person_id, held.id, max(one.happened_at) AS happened_at
    FROM held JOIN recent one ON one.person_id = held.person_id AND held.activity_kind IN ('', one.kind)
    GROUP BY held.person_id, held.id),
silent AS (
    SELECT silence.person_id, silence.id AS rule_id, {TAKEN} AS points
    FROM held silence LEFT JOIN lasts ON lasts.person_id = silence.person_id AND lasts.id = silence.id
    CROSS JOIN {QUIET.format(since="silence.came_at, lasts.happened_at")}
    WHERE quiet.days >= silence.after_days)"""  # noqa: S608 - only constants of this module

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
compared AS (
    SELECT coalesce(should.person_id, record.person_id) AS person_id, record.id AS record_id, should.rule_id,
           should.inactivity_rule_id, should.activity_id, should.points, should.happened_at, should.lapses_on,
           (should.points, should.lapses_on) IS DISTINCT FROM (record.points::integer, record.lapses_on) AS differs
    FROM should FULL JOIN record ON record.person_id = should.person_id
      AND coalesce(record.rule_id, record.inactivity_rule_id) = coalesce(should.rule_id, should.inactivity_rule_id)
      AND coalesce(record.activity_id, 0) = coalesce(should.activity_id, 0))"""

# The same where nobody has a record yet.
ALL_NEW = """
compared AS (SELECT should.*, NULL::bigint AS record_id, true AS differs FROM should)"""

# Where two ranges overlap all the same, the one that begins higher holds.
RANGES = """
ranges AS MATERIALIZED (
    SELECT id, coalesce(lower, -2147483648) AS begins,
           least(upper, lead(lower) OVER (ORDER BY lower NULLS FIRST), 2147483647) AS ends
    FROM people_temperature WHERE organization_id = %(organization_id)s)"""
IN_RANGE = "LEFT JOIN ranges ON ranges.begins <= {total} AND {total} < ranges.ends"

# Writes `rightly` (person_id, total, temperature_id) down where nobody has a score yet, which takes half the time; and
# where it isn't so yet. Nothing is read first: how many scores a new organization has the planner can't know, and it
# would go through all of them for each stretch.
SETTLE_NEW = """
INSERT INTO people_personscore AS scored (organization_id, person_id, total, temperature_id, temperature_at)
SELECT %(organization_id)s, person_id, total, temperature_id, %(now)s FROM rightly"""
SETTLE = f"""{SETTLE_NEW}
ON CONFLICT (person_id) DO UPDATE SET total = excluded.total, temperature_id = excluded.temperature_id,
    temperature_at = CASE WHEN scored.temperature_id IS DISTINCT FROM excluded.temperature_id
                          THEN excluded.temperature_at ELSE scored.temperature_at END
WHERE (scored.total, scored.temperature_id) IS DISTINCT FROM (excluded.total, excluded.temperature_id)"""

# A million activities of one person must not be more than a column can hold.
MOST_TOTAL = 1_000_000_000

NARROWED = {PERSON, RECENT, RECORD}
ALL_THAT_MUST_BE = (RULES, SILENCES, HORIZON, PERSON, RECENT, MET, SILENT, SHOULD)


def total_of(points: str) -> str:
    """The points as a person's total: a whole number between −10⁹ and 10⁹."""
    return f"greatest(-{MOST_TOTAL}, least({MOST_TOTAL}, coalesce({points}, 0)))::integer"


def rows(table: str, condition: str) -> str:
    """The table's rows that meet the condition, as `one`."""
    return f"{table} one WHERE one.organization_id = %(organization_id)s AND {condition}"


def each_of(people: str, table: str, column: str) -> str:
    """The table's rows of each of the people, looked up one by one: a planner would rather read everybody's."""
    mine = f"SELECT mine.* FROM {table} mine WHERE mine.organization_id = %(organization_id)s"  # noqa: S608
    return f"{people} whose CROSS JOIN LATERAL ({mine} AND mine.{column} = whose.id OFFSET 0) one WHERE true"


def compared(sources: Mapping[str, str]) -> str:
    """`WITH …, compared AS (…)` for the people, activities and records that these sources give."""
    return _with((*ALL_THAT_MUST_BE, RECORD, COMPARED), sources)


def all_new(sources: Mapping[str, str]) -> str:
    """The same for people of whom nobody has a record yet."""
    return _with((*ALL_THAT_MUST_BE, ALL_NEW), sources)


def _with(parts: tuple[str, ...], sources: Mapping[str, str]) -> str:
    return "WITH" + ",".join(part.format(**sources) if part in NARROWED else part for part in parts)
