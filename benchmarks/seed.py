"""A database to measure in: one organization of 100,000 conversations and a million messages, one of 1,000."""

from random import Random

from django.core.management import call_command
from django.db import connections, transaction

from accounts.models import Member, Role, User
from accounts.organizing import create_organization
from accounts.tenancy import enter
from campaigns.models import Campaign, CampaignAccess, Source
from recruitchat.demo.names import GIVEN_AND_FAMILY

DATABASE = "recruitchat_bench"
VERSION = 2
SIZES = {"large": 100_000, "small": 1_000}
MESSAGES_EACH = 10
SENTENCES = 4_000
RECRUITERS = {"large": 12, "small": 4}  # so few that a page of My leads is full in both


def prepare() -> None:
    """Fills the database when it isn't filled."""
    if not User.objects.filter(email=f"seeded-{VERSION}@bench.example").exists():
        print("filling the database …", flush=True)
        fill()


def use_database() -> None:
    """Makes the database when it isn't there; every alias then uses it."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {DATABASE}")
    for each in connections.all():
        each.close()
        each.settings_dict["NAME"] = DATABASE
    call_command("migrate", database="owner", verbosity=0)


def fill() -> None:
    for slug, size in SIZES.items():
        organization = create_organization(slug, slug=slug, public_email=f"jobs@{slug}.example")
        with enter(organization.pk):
            _members_and_campaigns(slug)
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SELECT setseed(0.5)")
            _sentences(cursor)
            sizes = {"size": size, "each": MESSAGES_EACH, "recruiters": RECRUITERS[slug]}
            for statement in STATEMENTS.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, {"organization": organization.pk} | sizes)
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    User.objects.create_user(f"seeded-{VERSION}@bench.example")


def _members_and_campaigns(slug: str) -> None:
    from accounts.models import Workspace

    roles = [Role.RECRUITER] * RECRUITERS[slug] + [Role.SUPERVISOR]
    members = [
        Member.objects.create(
            user=User.objects.create_user(f"{role}-{n}@{slug}.example", name=f"Member {n}"), role=role
        )
        for n, role in enumerate(roles)
    ]
    for number in range(5):
        campaign = Campaign.objects.create(
            name=f"Campaign {number}", slug=f"campaign-{number}", workspace=Workspace.objects.get()
        )
        CampaignAccess.objects.bulk_create(CampaignAccess(campaign=campaign, member=m) for m in members[:-1])
    for number in range(8):
        Source.objects.create(name=f"Source {number}", slug=f"source-{number}")


def _sentences(cursor) -> None:
    """Words by their rank, as people use them: a few everywhere, most hardly ever."""
    random = Random(7)
    words = [
        f"{a}{b}{c}"
        for a in ("ka", "mo", "ši", "ře", "lu", "do")
        for b in ("ra", "vě", "ni", "to")
        for c in ("m", "š", "", "k")
    ]
    words = ["práce", "termín", "interview", "smlouva", *words]
    weights = [1 / (rank + 1) for rank in range(len(words))]
    sentences = [" ".join(random.choices(words, weights, k=random.randint(4, 24))) for _ in range(SENTENCES)]
    names = [
        f"{given} {family}"
        for givens, families in GIVEN_AND_FAMILY.values()
        for given in givens.split()
        for family in families.split()
    ]
    cursor.execute("CREATE TEMP TABLE sentence (n int PRIMARY KEY, text text) ON COMMIT DROP")
    cursor.execute("CREATE TEMP TABLE name (n int PRIMARY KEY, text text) ON COMMIT DROP")
    for table, rows in (("sentence", sentences), ("name", names)):
        cursor.executemany(f"INSERT INTO {table} VALUES (%s, %s)", list(enumerate(rows)))
    cursor.execute(
        f"CREATE TEMP TABLE size ON COMMIT DROP AS SELECT {len(sentences)} AS sentences, {len(names)} AS names"
    )


STATEMENTS = """
CREATE TEMP TABLE story ON COMMIT DROP AS
SELECT i, uuidv7(interval '-1 minute' * (%(size)s - i)) AS id, uuidv7() AS person, uuidv7() AS application,
       uuidv7() AS leg, now() - interval '1 minute' * (%(size)s - i) AS last_at, i %% 10 < 8 AS ended,
       (SELECT array_agg(id ORDER BY id) FROM accounts_member WHERE organization_id = %(organization)s AND role = 'recruiter') AS members,
       (SELECT array_agg(id ORDER BY id) FROM campaigns_campaign WHERE organization_id = %(organization)s) AS campaigns,
       (SELECT array_agg(id ORDER BY id) FROM campaigns_source WHERE organization_id = %(organization)s) AS sources,
       (SELECT array_agg(id ORDER BY lower NULLS FIRST) FROM people_temperature WHERE organization_id = %(organization)s) AS temperatures
FROM generate_series(1, %(size)s) i;

INSERT INTO people_person (id, organization_id, kind, name, language, time_zone, is_spam, created_at)
SELECT person, %(organization)s, 'candidate', name.text || ' ' || i, 'en', '', false, last_at
FROM story CROSS JOIN size JOIN name ON name.n = i %% size.names;

UPDATE people_personscore score SET total = i %% 80,
       temperature_id = temperatures[1 + (CASE WHEN i %% 80 < 10 THEN 0 WHEN i %% 80 < 50 THEN 1 ELSE 2 END)]
FROM story WHERE score.person_id = story.person;

INSERT INTO people_personemail (organization_id, person_id, address, is_primary)
SELECT %(organization)s, person, 'candidate-' || i || '@mail.example', true FROM story;

INSERT INTO campaigns_application (id, organization_id, person_id, campaign_id, source_id, stage, applied_at)
SELECT application, %(organization)s, person, campaigns[1 + i %% 5], sources[1 + i %% 8], 'in_conversation', last_at FROM story;

INSERT INTO conversations_conversation (id, organization_id, person_id, application_id, campaign_id, owner_id, state, channel,
    leg_id, opened_at, ended_at, waiting_since, last_message_at, last_message_kind, last_message_author, last_message_text,
    last_outbound_at, last_number, last_inbound_number, is_rejected)
SELECT id, %(organization)s, person, application, campaigns[1 + i %% 5],
       CASE WHEN i %% 50 = 0 THEN NULL ELSE members[1 + i %% %(recruiters)s] END, CASE WHEN ended THEN 'ended' ELSE 'open' END, 'email', leg,
       last_at - interval '10 minutes', CASE WHEN ended THEN last_at END, CASE WHEN NOT ended AND i %% 3 = 0 THEN last_at END,
       last_at, 'inbound', 'Candidate', 'The last thing that was said here', last_at - interval '1 minute', %(each)s, %(each)s, false
FROM story;

INSERT INTO conversations_leg (id, organization_id, conversation_id, number, owner_id, started_at, ended_at)
SELECT leg, %(organization)s, id, 1, CASE WHEN i %% 50 = 0 THEN NULL ELSE members[1 + i %% %(recruiters)s] END, last_at,
       CASE WHEN ended THEN last_at END FROM story;

CREATE TEMP TABLE said ON COMMIT DROP AS
SELECT story.id AS conversation, story.leg, story.i, n, uuidv7() AS message, story.members[1 + story.i %% %(recruiters)s] AS member,
       story.last_at - interval '1 minute' * (%(each)s - n) AS at
FROM story, generate_series(1, %(each)s) n;

INSERT INTO conversations_message (id, organization_id, conversation_id, leg_id, kind, channel, text, quoted_text, author_id,
    third_party, sender, found_by, doubt, client_id, created_at, delivery_state, delivery_reason)
SELECT message, %(organization)s, conversation, leg, CASE WHEN said.n %% 2 = 0 THEN 'inbound' ELSE 'outbound' END, 'email',
       sentence.text || CASE WHEN (i + said.n) %% 20000 = 0 THEN ' zvláštnost' ELSE '' END, '',
       CASE WHEN said.n %% 2 = 1 THEN member END, '', '', '', '', message, at, CASE WHEN said.n %% 2 = 1 THEN 'delivered' ELSE '' END, ''
FROM said CROSS JOIN size JOIN sentence ON sentence.n = (i * 31 + said.n * 17) %% size.sentences;

INSERT INTO conversations_event (id, organization_id, conversation_id, number, kind, message_id, member_id, data, created_at, reacted_at)
SELECT uuidv7(), %(organization)s, conversation, n, CASE WHEN n %% 2 = 0 THEN 'message_received' ELSE 'replied' END, message,
       CASE WHEN n %% 2 = 1 THEN member END, '{}', at, at FROM said
"""
