"""The inbox list at a million open conversations in one organization: its first page and its thousandth.

INBOX_CONVERSATIONS is how many (a million); beside it stands an organization with a thousand.
"""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import connections, transaction
from django.test import Client

from accounts.doors import organization_of_slug
from accounts.models import Member, Role, User, Workspace
from accounts.organizing import create_organization
from accounts.tenancy import enter
from benchmarks.results import Row
from benchmarks.timing import Sql, in_turn, median
from campaigns.models import Campaign, CampaignAccess
from conversations.models import Conversation

LARGE = int(os.environ.get("INBOX_CONVERSATIONS", "1000000"))
SMALL = 1_000
PAGE, FAR = 30, 1_000
MOST_STATEMENTS, BARE, GROWTH = 12, 3.0, 1.5
ROWS = """
CREATE TEMP TABLE story ON COMMIT DROP AS
SELECT i, uuidv7(interval '-1 second' * (%(size)s - i)) AS id, uuidv7() AS person, uuidv7() AS leg,
       now() - interval '1 second' * (%(size)s - i) AS at,
       (SELECT array_agg(id) FROM campaigns_campaign WHERE organization_id = %(organization)s) AS campaigns,
       (SELECT array_agg(id) FROM accounts_member WHERE organization_id = %(organization)s AND role = 'recruiter') AS members
FROM generate_series(1, %(size)s) i;
INSERT INTO people_person (id, organization_id, kind, name, language, time_zone, is_spam, created_at)
SELECT person, %(organization)s, 'candidate', 'Candidate ' || i, 'en', '', false, at FROM story;
UPDATE people_personscore score SET total = i %% 80 FROM story WHERE score.person_id = story.person;
INSERT INTO conversations_conversation (id, organization_id, person_id, campaign_id, owner_id, state, channel, leg_id, opened_at,
    waiting_since, last_message_at, last_message_kind, last_message_author, last_message_text, last_outbound_at,
    last_number, last_inbound_number, is_rejected)
SELECT id, %(organization)s, person, campaigns[1 + i %% 5], CASE WHEN i %% 50 > 0 THEN members[1 + i %% 12] END, 'open', 'email', leg,
       at, CASE WHEN i %% 3 = 0 THEN at END, at, 'inbound', 'Candidate', 'The last thing that was said here',
       CASE WHEN i %% 3 = 1 THEN at END, 1, 1, false FROM story;
INSERT INTO conversations_leg (id, organization_id, conversation_id, number, started_at)
SELECT leg, %(organization)s, id, 1, at FROM story
"""
BARE_LIST = """
SELECT c.id, c.state, c.owner_id, c.channel, c.waiting_since, c.last_message_at, c.last_message_kind, c.last_message_author,
       c.last_message_text, c.last_inbound_number, p.name, s.total, t.name, t.tone, g.name, r.number
FROM (SELECT * FROM conversations_conversation WHERE organization_id = %(organization)s AND state = 'open'
      AND (last_message_at, id) < (%(at)s, %(id)s) ORDER BY last_message_at DESC, id DESC LIMIT 31) c
JOIN people_person p ON p.id = c.person_id JOIN people_personscore s ON s.person_id = p.id
LEFT JOIN people_temperature t ON t.id = s.temperature_id
LEFT JOIN campaigns_campaign g ON g.id = c.campaign_id
LEFT JOIN conversations_reading r ON r.member_id = %(member)s AND r.conversation_id = c.id
ORDER BY c.last_message_at DESC, c.id DESC
"""
BARE_DOOR = """
SELECT s.session_data, u.*, m.*, o.* FROM django_session s, accounts_user u JOIN accounts_member m ON m.user_id = u.id
JOIN accounts_organization o ON o.id = m.organization_id WHERE s.session_key = %(session)s AND u.id = %(user)s
"""


class Reader:
    """A supervisor of an organization of this size, and the places of its first page and of a far one."""

    def __init__(self, size: int) -> None:
        slug = f"list-{size}"
        self.organization_id: Any = organization_of_slug(slug) or filled(slug, size)
        with enter(self.organization_id):
            self.member = Member.objects.select_related("user").get(role=Role.SUPERVISOR)
            newest = Conversation.objects.filter(state="open").order_by("-last_message_at", "-id")
            far = min(FAR - 1, size // PAGE - 2) * PAGE - 1
            edge = newest.values_list("last_message_at", "pk")
            self.edges: dict[str, tuple[datetime, Any]] = {"first": edge[0], "far": edge[far]}
        self.client = Client()
        self.client.force_login(self.member.user, backend="accounts.sign_in.Backend")

    def page(self, place: str) -> Callable[[], None]:
        at, pk = self.edges[place]
        query = {"before": f"0~{at.isoformat()}~{pk}"} if place == "far" else {}
        headers = {"HX-Request": "true"} if query else {}

        def visit() -> None:
            answer = self.client.get(f"/inbox/everyone/?{urlencode(query)}", headers=headers)
            assert answer.status_code == 200
            assert answer.content.count(b'id="item-') == PAGE

        return visit

    def bare(self, place: str) -> Callable[[], None]:
        at, pk = self.edges[place]
        session = self.client.cookies["sessionid"].value
        facts = {"organization": self.organization_id, "at": at, "id": pk, "member": self.member.pk}

        def run() -> None:
            with connections["owner"].cursor() as cursor:
                for sql in (BARE_DOOR, BARE_LIST):
                    cursor.execute(sql, facts | {"session": session, "user": self.member.user_id})
                    cursor.fetchall()

        return run


def filled(slug: str, size: int) -> int:
    print(f"filling {size:,} conversations …", flush=True)
    organization = create_organization(slug, slug=slug, public_email=f"jobs@{slug}.example")
    with enter(organization.pk):
        for number, role in enumerate([Role.RECRUITER] * 12 + [Role.SUPERVISOR]):
            user = User.objects.create_user(f"{number}@{slug}.example", name=f"Member {number}")
            Member.objects.create(user=user, role=role)
        members = list(Member.objects.filter(role=Role.RECRUITER))
        for number in range(5):
            campaign = Campaign.objects.create(
                name=f"C {number}", slug=f"c-{number}", workspace=Workspace.objects.get()
            )
            CampaignAccess.objects.bulk_create(CampaignAccess(campaign=campaign, member=m) for m in members[number::5])
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        for statement in ROWS.split(";\n"):
            cursor.execute(statement, {"organization": organization.pk, "size": size})
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE people_person, people_personscore, conversations_conversation, conversations_leg"
        )
    return organization.pk


def inbox_list_1m() -> list[Row]:
    """Statements, time in SQL beside the barest SQL for the same rows, and the whole beside a thousand's."""
    large, small = Reader(LARGE), Reader(SMALL)
    return [row for place in ("first", "far") for row in _rows(place, large, small)]


def _rows(place: str, large: Reader, small: Reader) -> list[Row]:
    visit, spent = large.page(place), []

    def counted() -> None:
        with Sql() as sql:
            visit()
        spent.append(sql.spent)

    at_large, at_small, at_bare = in_turn(counted, small.page(place), large.bare(place))
    with Sql() as sql:
        visit()
    work = f"{LARGE:,} open conversations, {'the first page' if place == 'first' else f'page {FAR:,}'}"
    name = f"inbox-list-1m/{place}"
    return [
        Row(f"{name}/queries", sql.count, 1, MOST_STATEMENTS, "statements", work),
        Row(f"{name}/sql", median(spent[5:]), median(at_bare), BARE, "ms", f"{work}, time in SQL beside the bare rows"),
        Row(f"{name}/growth", median(at_large), median(at_small), GROWTH, "ms", f"{work}, beside {SMALL:,}"),
    ]
