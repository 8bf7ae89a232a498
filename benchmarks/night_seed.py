"""An organization to work a night out in: people who came over three years, ten activities each, 12 rules and 2 more."""

from django.db import connections, transaction

from accounts.doors import organization_of_slug
from accounts.models import Organization
from accounts.organizing import create_organization
from accounts.tenancy import across_organizations, enter
from people.models import PersonStatus
from scoring.models import InactivityRule, InactivityStatus, RuleStatus, ScoreRule

ACTIVITIES_EACH = 10
RULES = [
    ("application", 10, 90, "candidate", ""), ("message_received", 5, 30, "candidate", ""),
    ("message_sent", 1, 14, "candidate", ""), ("replied_quickly", 20, 30, "candidate", ""),
    ("mail_opened", 1, 7, "candidate", ""), ("link_opened", 3, 14, "candidate", ""),
    ("appointment_made", 10, 60, "candidate", "active"), ("appointment_held", 15, 90, "candidate", ""),
    ("appointment_missed", -20, 60, "candidate", ""), ("delivered_not_interested", -40, 180, "candidate", ""),
    ("website_visit", 2, 30, "candidate", "new"), ("message_received", 5, 30, "contact", ""),
]  # fmt: skip
SILENCES = [("", 90, -10, None, None), ("message_received", 60, -5, 30, -20)]
# What happens with people, and how often: of a hundred activities.
KINDS = {
    "message_received": 22, "message_sent": 24, "mail_opened": 14, "link_opened": 10, "application": 9, "note": 5,
    "website_visit": 5, "replied_quickly": 3, "appointment_made": 2, "appointment_held": 1, "appointment_missed": 1,
    "call": 2, "tag_added": 1, "delivered_not_interested": 1,
}  # fmt: skip

PEOPLE = """
INSERT INTO people_person (id, organization_id, kind, name, status_id, language, time_zone, is_spam, created_at)
SELECT uuidv7(age), %(organization)s, CASE WHEN i %% 10 = 0 THEN 'contact' ELSE 'candidate' END, 'Person ' || i,
       statuses[1 + i %% 4], 'en', '', false, now() + age
FROM generate_series(1, %(size)s) i
CROSS JOIN LATERAL (SELECT interval '1095 days' * (i::float / %(size)s - 1) AS age) ages
CROSS JOIN (SELECT array_agg(id ORDER BY position) AS statuses FROM people_personstatus
            WHERE organization_id = %(organization)s) status
"""
ACTIVITIES = """
INSERT INTO people_activity (organization_id, person_id, kind, happened_at, key, text)
SELECT %(organization)s, id, (%(kinds)s::text[])[1 + floor(random() * 100)::int],
       now() - (now() - created_at) * (1 - power(random(), 2)), %(organization)s || ':' || id || ':' || n, ''
FROM people_person CROSS JOIN generate_series(1, %(each)s) n WHERE organization_id = %(organization)s
"""
A_DAY = """
INSERT INTO people_activity (organization_id, person_id, kind, happened_at, key, text)
SELECT %(organization)s, id, (%(kinds)s::text[])[1 + floor(random() * 100)::int], now() - random() * interval '20 hours',
       %(organization)s || ':' || id || ':today', ''
FROM people_person WHERE organization_id = %(organization)s AND random() < 0.02
"""
NOT_THE_KEY = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = 'people_activity'::regclass AND contype IN ('f', 'u') AND conname NOT LIKE '%%pkey'
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'people_activity' AND indexname NOT IN (
    SELECT conname FROM pg_constraint WHERE conrelid = 'people_activity'::regclass)
"""


def organization_with(size: int) -> Organization:
    """The organization with that many people; made when it isn't there."""
    slug = f"night-{size}"
    if organization_of_slug(slug) is None:
        print(f"filling {slug} …", flush=True)
        fill(create_organization(slug, slug=slug, public_email=f"jobs@{slug}.example"), size)
    with across_organizations():
        return Organization.objects.get(slug=slug)


def fill(organization: Organization, size: int) -> None:
    with enter(organization.pk):
        put_down_rules()
    run(PEOPLE, organization, size=size)
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        constraints, indexes = rows(cursor, NOT_THE_KEY), rows(cursor, INDEXES)
        for name, _ in constraints:
            cursor.execute(f'ALTER TABLE people_activity DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute(ACTIVITIES, facts(organization))
        for name, definition in constraints:
            cursor.execute(f'ALTER TABLE people_activity ADD CONSTRAINT "{name}" {definition}')
        for _, definition in indexes:
            cursor.execute(definition)
    vacuum()


def organization_of_one(times: int) -> Organization:
    """One person with so many activities."""
    slug = f"one-with-{times}"
    if organization_of_slug(slug) is None:
        organization = create_organization(slug, slug=slug, public_email=f"jobs@{slug}.example")
        with enter(organization.pk):
            put_down_rules()
        run(PEOPLE, organization, size=1)
        run(ACTIVITIES, organization, each=times)
        vacuum()
    with across_organizations():
        return Organization.objects.get(slug=slug)


def put_down_rules() -> None:
    ScoreRule.objects.all().delete()
    status = {each.slug: each for each in PersonStatus.objects.all()}
    for kind, points, days, person_kind, slug in RULES:
        rule = ScoreRule.objects.create(activity_kind=kind, points=points, days=days, person_kind=person_kind)
        if slug:
            RuleStatus.objects.create(rule=rule, status=status[slug])
    for kind, after, points, repeat, floor in SILENCES:
        silence = InactivityRule.objects.create(
            activity_kind=kind, after_days=after, points=points, repeat_days=repeat, floor=floor
        )
        InactivityStatus.objects.create(rule=silence, status=status["active"])


def facts(organization: Organization, **more: object) -> dict[str, object]:
    kinds = [kind for kind, share in KINDS.items() for _ in range(share)]
    assert len(kinds) == 100
    return {"organization": organization.pk, "each": ACTIVITIES_EACH, "kinds": kinds} | more


def run(sql: str, organization: Organization, **more: object) -> None:
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute(sql, facts(organization, **more))


def rows(cursor, sql: str) -> list[tuple[str, str]]:
    cursor.execute(sql)
    return cursor.fetchall()


def vacuum() -> None:
    """What autovacuum would have done by the night."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE people_person, people_personscore, people_activity, scoring_scorerecord")
