"""An organization whose conversations came over a year; three of ten have been delivered and half of those answered."""

from django.db import connections, transaction

from accounts.doors import organization_of_slug
from accounts.models import Member, Organization, Role, Team, User, Workspace
from accounts.organizing import create_organization
from accounts.tenancy import across_organizations, enter
from campaigns.models import Campaign, CampaignAccess, Source

RECRUITERS, CAMPAIGNS, SOURCES = 40, 20, 12
STATEMENTS = """
CREATE TEMP TABLE known ON COMMIT DROP AS SELECT
    (SELECT array_agg(id ORDER BY id) FROM accounts_member WHERE organization_id = %(organization)s AND role = 'recruiter') AS members,
    (SELECT array_agg(id ORDER BY id) FROM campaigns_campaign WHERE organization_id = %(organization)s) AS campaigns,
    (SELECT array_agg(id ORDER BY id) FROM campaigns_source WHERE organization_id = %(organization)s) AS sources,
    (SELECT array_agg(id ORDER BY position) FROM delivery_status WHERE organization_id = %(organization)s) AS statuses,
    (SELECT id FROM accounts_team WHERE organization_id = %(organization)s) AS team;

CREATE TEMP TABLE story ON COMMIT DROP AS
SELECT i, uuidv7(age) AS id, uuidv7(age) AS person, uuidv7(age) AS application, uuidv7(age) AS leg, uuidv7(age) AS delivery,
       now() + age AS at, i %% 10 < 3 AS delivered, i %% 6 AS status
FROM generate_series(1, %(size)s) i
CROSS JOIN LATERAL (SELECT interval '365 days' * (i::float / %(size)s - 1) AS age) ages;

INSERT INTO people_person (id, organization_id, kind, name, language, time_zone, is_spam, created_at)
SELECT person, %(organization)s, 'candidate', 'Person ' || i, 'en', '', delivered AND status = 4, at FROM story;

INSERT INTO campaigns_application (id, organization_id, person_id, campaign_id, source_id, stage, applied_at)
SELECT application, %(organization)s, person, campaigns[1 + (i / 10) %% 20], sources[1 + (i / 10) %% 12],
       CASE WHEN NOT delivered THEN 'in_conversation' WHEN status = 0 AND i %% 4 = 0 THEN 'hired' ELSE 'delivered' END, at
FROM story, known;

INSERT INTO conversations_conversation (id, organization_id, person_id, application_id, campaign_id, owner_id, state, channel,
    leg_id, opened_at, ended_at, last_message_at, last_message_kind, last_message_author, last_message_text,
    last_outbound_at, last_number, last_inbound_number, is_rejected)
SELECT id, %(organization)s, person, application, campaigns[1 + (i / 10) %% 20], members[1 + (i / 10) %% 40],
       CASE WHEN delivered THEN 'ended' ELSE 'open' END, 'email', leg, at, CASE WHEN delivered THEN at END, at, 'inbound',
       'Candidate', 'The last thing that was said here', CASE WHEN delivered OR i %% 100 = 99 THEN at END, 5, 5, false
FROM story, known;

INSERT INTO conversations_leg (id, organization_id, conversation_id, number, owner_id, started_at, ended_at)
SELECT leg, %(organization)s, id, 1, members[1 + (i / 10) %% 40], at, CASE WHEN delivered THEN at END FROM story, known;

INSERT INTO delivery_delivery (id, organization_id, conversation_id, leg_id, application_id, status_id, reason_id, explanation,
    notes, rating, author_id, delivered_at)
SELECT delivery, %(organization)s, id, leg, application, statuses[1 + status],
       (SELECT array_agg(r.id) FROM delivery_reason r WHERE r.status_id = statuses[1 + status])[1 + i %% 5], '',
       'Notes of the delivery', CASE WHEN status IN (0, 3) THEN 1 + i %% 5 END, members[1 + (i / 10) %% 40], at
FROM story, known WHERE delivered;

INSERT INTO delivery_recipient (id, organization_id, delivery_id, team_id, answer, answer_text)
SELECT uuidv7(), %(organization)s, delivery, team,
       CASE WHEN i %% 2 = 0 THEN '' WHEN i %% 5 = 0 THEN 'not_a_fit' ELSE 'accepted' END, ''
FROM story, known WHERE delivered AND status IN (0, 3)
"""
TABLES = (
    "people_person, campaigns_application, conversations_conversation, conversations_leg, delivery_delivery, "
    "delivery_recipient, conversations_grant, conversations_event"
)


def organization_with(size: int) -> Organization:
    """The organization with that many conversations; made when it isn't there."""
    slug = f"deliveries-{size}"
    if organization_of_slug(slug) is None:
        print(f"filling {slug} …", flush=True)
        fill(create_organization(slug, slug=slug, public_email=f"jobs@{slug}.example"), size)
    with across_organizations():
        return Organization.objects.get(slug=slug)


def fill(organization: Organization, size: int) -> None:
    with enter(organization.pk):
        put_down_people(organization.slug)
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        for statement in STATEMENTS.split(";\n"):
            cursor.execute(statement, {"organization": organization.pk, "size": size})
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {TABLES}")


def put_down_people(slug: str) -> None:
    roles = [Role.RECRUITER] * RECRUITERS + [Role.SUPERVISOR]
    users = [User(email=f"{n}@{slug}.example", name=f"Member {n}", password="!") for n, _ in enumerate(roles)]
    members = [Member(user=user, role=role) for user, role in zip(User.objects.bulk_create(users), roles, strict=True)]
    Member.objects.bulk_create(members)
    workspace = Workspace.objects.get()
    team = Team.objects.create(name="Hiring team", slug="hiring", workspace=workspace)
    campaigns = Campaign.objects.bulk_create(
        Campaign(name=f"Campaign {n}", slug=f"campaign-{n}", workspace=workspace, team=team) for n in range(CAMPAIGNS)
    )
    CampaignAccess.objects.bulk_create(CampaignAccess(campaign=c, member=m) for c in campaigns for m in members[:-1])
    Source.objects.bulk_create(Source(name=f"Source {n}", slug=f"source-{n}") for n in range(SOURCES))
