"""The statements by which a stretch of people is put right, one after the other in one transaction (working_out.py).

Who may be wrong is written down (`at_work`) and locked, as an activity locks them (recording.py). Then one statement
holds what their records must be beside what they are, removes, mends and adds what differs, and settles totals and
temperatures. Where nobody has been counted yet, nothing is looked for: all of it is added.
"""

from scoring.definition import IN_RANGE, RANGES, SCORED, SETTLE, SETTLE_NEW, all_new, compared, each_of, rows, total_of

SOURCES = {
    "people": ("people_person", "id"),
    "activities": ("people_activity", "person_id"),
    "records": ("scoring_scorerecord", "person_id"),
    "scores": ("people_personscore", "person_id"),
}
WITHIN = "{column} > %(after)s AND {column} <= %(upto)s"
ALL_OF = {name: rows(table, WITHIN.format(column=f"one.{key}")) for name, (table, key) in SOURCES.items()}
AT_WORK_ONLY = " AND one.{} IN (SELECT id FROM at_work)"
MANY_OF = {name: ALL_OF[name] + AT_WORK_ONLY.format(key) for name, (_, key) in SOURCES.items()}
FEW_OF = {name: each_of("at_work", table, key) for name, (table, key) in SOURCES.items()}

# How much a WITH clause holds can't be known to the planner, and loops over it would never end.
ROOM = "SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off; DROP TABLE IF EXISTS pg_temp.at_work"
KNOWN = "ANALYZE at_work"
AT_WORK = "CREATE TEMPORARY TABLE at_work ON COMMIT DROP AS "
WHO_IS_DUE = f"""
{AT_WORK} SELECT one.person_id AS id FROM {rows("scoring_dueperson", WITHIN.format(column="one.person_id"))} ORDER BY id
"""  # noqa: S608
RIGHTLY = f"""
totals AS (
    SELECT person_id, {total_of("sum(points)")} AS total, bool_or(differs) AS differs
    FROM compared GROUP BY person_id),
rightly AS MATERIALIZED (
    SELECT person.id AS person_id, coalesce(totals.total, 0) AS total, ranges.id AS temperature_id,
           coalesce(totals.differs, false) AS differs
    FROM person LEFT JOIN totals ON totals.person_id = person.id
    {IN_RANGE.format(total="coalesce(totals.total, 0)")})"""  # noqa: S608 - only constants of this module
WHO_IS_WRONG = f"""
{AT_WORK} {compared(ALL_OF)}, {RANGES}, {SCORED.format(scores=ALL_OF["scores"])}, {RIGHTLY}
SELECT rightly.person_id AS id FROM rightly LEFT JOIN scored ON scored.person_id = rightly.person_id
WHERE differs OR (scored.total, scored.temperature_id) IS DISTINCT FROM (rightly.total, rightly.temperature_id)
ORDER BY id
"""  # noqa: S608 - only constants of this module
LOCK = "SELECT count(*) FROM (SELECT FROM {people} ORDER BY one.id FOR NO KEY UPDATE OF one) locked"
LOCK_ALL = LOCK.format(people=ALL_OF["people"])
LOCK_MANY = LOCK.format(people=MANY_OF["people"])
# What is removed or mended is named one by one, and within the stretch: a planner that knows nothing of a new
# organization yet would go through all of its records otherwise.
OF_STRETCH = f"record.organization_id = %(organization_id)s AND {WITHIN.format(column='record.person_id')}"
ADDED = """
added AS (
    INSERT INTO scoring_scorerecord
        (organization_id, person_id, rule_id, inactivity_rule_id, activity_id, points, happened_at, lapses_on)
    SELECT %(organization_id)s, person_id, rule_id, inactivity_rule_id, activity_id, points, happened_at, lapses_on
    FROM compared WHERE record_id IS NULL RETURNING 1)"""
SETTLED = "(SELECT count(*) FROM settled), ARRAY(SELECT person_id FROM settled LIMIT %(most_named)s)"
PUT_RIGHT = f"""
{{compared}}, {RANGES}, {RIGHTLY},
gone AS (
    DELETE FROM scoring_scorerecord record WHERE {OF_STRETCH}
      AND record.id = ANY (ARRAY(SELECT record_id FROM compared WHERE points IS NULL)) RETURNING 1),
mended AS (
    UPDATE scoring_scorerecord record SET points = compared.points, lapses_on = compared.lapses_on
    FROM compared WHERE {OF_STRETCH} AND record.id = compared.record_id
      AND record.id = ANY (ARRAY(
          SELECT record_id FROM compared WHERE differs AND (points, record_id) IS NOT NULL)) RETURNING 1),
{ADDED},
settled AS ({SETTLE} RETURNING person_id)
SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM mended), (SELECT count(*) FROM added), {SETTLED}
"""  # noqa: S608 - only constants of this module
ALL_RIGHT, MANY_RIGHT, FEW_RIGHT = (PUT_RIGHT.format(compared=compared(each)) for each in (ALL_OF, MANY_OF, FEW_OF))
IS_ANY_COUNTED = f"SELECT EXISTS (SELECT FROM scoring_scorerecord record WHERE {OF_STRETCH})"  # noqa: S608
ALL_ADDED = f"""
{all_new(ALL_OF)}, {RANGES}, {RIGHTLY}, {ADDED},
settled AS ({SETTLE_NEW} RETURNING person_id)
SELECT 0, 0, (SELECT count(*) FROM added), {SETTLED}
"""  # noqa: S608 - only constants of this module
DONE = """
DELETE FROM scoring_dueperson
WHERE organization_id = %(organization_id)s AND person_id > %(after)s AND person_id <= %(upto)s
"""
