"""The statements by which a stretch of people is put right, one after the other in one transaction (working_out.py).

Who may be wrong is written down (`at_work`) and locked, as an activity locks them (recording.py). What their records
must be is held beside what they are (`compared`); what differs is removed, mended and added; totals and temperatures
follow.
"""

from scoring.definition import IN_RANGE, RANGES, compared, each_of, rows, total_of

SOURCES = {
    "people": ("people_person", "id"),
    "activities": ("people_activity", "person_id"),
    "records": ("scoring_scorerecord", "person_id"),
}
WITHIN = "{column} > %(after)s AND {column} <= %(upto)s"
ALL_OF = {name: rows(table, WITHIN.format(column=f"one.{key}")) for name, (table, key) in SOURCES.items()}
AT_WORK_ONLY = " AND one.{} IN (SELECT id FROM at_work)"
MANY_OF = {name: ALL_OF[name] + AT_WORK_ONLY.format(key) for name, (_, key) in SOURCES.items()}
FEW_OF = {name: each_of("at_work", table, key) for name, (table, key) in SOURCES.items()}

ROOM = "SET LOCAL work_mem = '64MB'; DROP TABLE IF EXISTS pg_temp.at_work, pg_temp.compared"
# How much a WITH clause holds can't be known to the planner, and loops over it would never end.
WITHOUT_LOOPS = "SET LOCAL enable_nestloop = off"
KNOWN = "ANALYZE {0}; SET LOCAL enable_nestloop = on"
AT_WORK = "CREATE TEMPORARY TABLE at_work ON COMMIT DROP AS "
EVERYBODY = f"{AT_WORK} SELECT one.id FROM {ALL_OF['people']} ORDER BY one.id"  # noqa: S608
WHO_IS_DUE = f"""
{AT_WORK} SELECT one.person_id AS id FROM {rows("scoring_dueperson", WITHIN.format(column="one.person_id"))} ORDER BY id
"""  # noqa: S608
WHO_IS_WRONG = f"""
{AT_WORK} {compared(**ALL_OF)}, {RANGES},
totals AS (
    SELECT person_id, {total_of("sum(points)")} AS total, bool_or(differs) AS differs
    FROM compared GROUP BY person_id)
SELECT person.id FROM person LEFT JOIN totals ON totals.person_id = person.id
{IN_RANGE.format(total="coalesce(totals.total, 0)")}
WHERE coalesce(totals.differs, false) OR person.score <> coalesce(totals.total, 0)
   OR person.temperature_id IS DISTINCT FROM ranges.id ORDER BY person.id
"""  # noqa: S608 - only constants of this module
LOCK = f"""
SELECT count(*) FROM (
    SELECT FROM {ALL_OF["people"]} AND one.id IN (SELECT id FROM at_work) ORDER BY one.id FOR NO KEY UPDATE) locked
"""  # noqa: S608
COMPARE = "CREATE TEMPORARY TABLE compared ON COMMIT DROP AS {definition} SELECT * FROM compared"
COMPARE_MANY = COMPARE.format(definition=compared(**MANY_OF))
COMPARE_FEW = COMPARE.format(definition=compared(**FEW_OF))
REMOVE = """
DELETE FROM scoring_scorerecord record USING compared
WHERE record.organization_id = %(organization_id)s AND record.id = compared.record_id AND compared.points IS NULL
"""
MEND = """
UPDATE scoring_scorerecord record SET points = compared.points, lapses_on = compared.lapses_on FROM compared
WHERE record.organization_id = %(organization_id)s AND record.id = compared.record_id
  AND compared.differs AND compared.points IS NOT NULL
"""
ADD = """
INSERT INTO scoring_scorerecord
    (organization_id, person_id, rule_id, inactivity_rule_id, activity_id, points, happened_at, lapses_on)
SELECT %(organization_id)s, person_id, rule_id, inactivity_rule_id, activity_id, points, happened_at, lapses_on
FROM compared WHERE record_id IS NULL ORDER BY person_id
"""
SETTLE = f"""
WITH {RANGES},
totals AS (
    SELECT at_work.id, {total_of("sum(compared.points)")} AS total
    FROM at_work LEFT JOIN compared ON compared.person_id = at_work.id GROUP BY at_work.id),
rightly AS (
    SELECT totals.id, total, ranges.id AS temperature_id FROM totals {IN_RANGE.format(total="total")}),
settled AS (
    UPDATE people_person person SET score = rightly.total, temperature_id = rightly.temperature_id,
        temperature_at = CASE WHEN person.temperature_id IS DISTINCT FROM rightly.temperature_id
                              THEN %(now)s ELSE person.temperature_at END
    FROM rightly WHERE person.id = rightly.id AND person.organization_id = %(organization_id)s
      AND {WITHIN.format(column="person.id")}
      AND (person.score, person.temperature_id) IS DISTINCT FROM (rightly.total, rightly.temperature_id)
    RETURNING person.id)
SELECT (SELECT count(*) FROM settled), ARRAY(SELECT id FROM settled LIMIT %(most_named)s)
"""  # noqa: S608 - only constants of this module
DONE = """
DELETE FROM scoring_dueperson
WHERE organization_id = %(organization_id)s AND person_id > %(after)s AND person_id <= %(upto)s
"""
