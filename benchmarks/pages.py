"""The inbox and a thread: how many statements, how they grow, and what their SQL costs beside the barest."""

from collections.abc import Callable
from uuid import UUID

from django.db import connections
from django.test import Client

from accounts.doors import organization_of_slug
from accounts.models import Member
from accounts.tenancy import enter
from benchmarks.results import Row
from benchmarks.seed import MESSAGES_EACH, SIZES
from benchmarks.timing import Sql, in_turn, median
from conversations.models import Conversation

MOST_STATEMENTS = 12
GROWTH = 1.5
BARE = 2.0
PAGE = 30
BARE_DOOR = """
SELECT s.session_data, u.*, m.*, o.* FROM django_session s, accounts_user u
JOIN accounts_member m ON m.user_id = u.id JOIN accounts_organization o ON o.id = m.organization_id
WHERE s.session_key = %(session)s AND u.id = %(user)s
"""
BARE_LIST = """
SELECT c.id, c.state, c.owner_id, c.channel, c.waiting_since, c.last_message_at, c.last_message_kind,
       c.last_message_author, c.last_message_text, c.last_number, c.last_inbound_number, p.name, s.total, t.name, t.tone,
       g.name, r.number
FROM (SELECT * FROM conversations_conversation
      WHERE organization_id = %(organization)s AND owner_id = %(member)s AND state = 'open'
      ORDER BY last_message_at DESC, id DESC LIMIT %(most)s) c
JOIN people_person p ON p.id = c.person_id
JOIN people_personscore s ON s.person_id = p.id
LEFT JOIN people_temperature t ON t.id = s.temperature_id
LEFT JOIN campaigns_campaign g ON g.id = c.campaign_id
LEFT JOIN conversations_reading r ON r.organization_id = %(organization)s AND r.member_id = %(member)s AND r.conversation_id = c.id
ORDER BY c.last_message_at DESC, c.id DESC
"""
BARE_RAIL = """
SELECT (SELECT array_agg(json_build_array(v.name, v.query) ORDER BY v.name) FROM conversations_savedview v
        WHERE v.organization_id = %(organization)s AND (v.member_id = %(member)s OR v.team_id IN (SELECT team_id
            FROM accounts_teammember WHERE organization_id = %(organization)s AND member_id = %(member)s))),
       (SELECT array_agg(json_build_array(g.id, g.name) ORDER BY g.created_at) FROM campaigns_campaign g
        WHERE g.state = 'open' AND g.id IN (SELECT campaign_id FROM campaigns_campaignaccess
            WHERE organization_id = %(organization)s AND member_id = %(member)s)),
       (SELECT array_agg(json_build_array(w.id, w.name) ORDER BY w.name) FROM accounts_workspace w
        WHERE w.organization_id = %(organization)s)
"""
BARE_NUMBERS = """
WITH campaigns AS (SELECT campaign_id FROM campaigns_campaignaccess WHERE organization_id = %(organization)s AND member_id = %(member)s),
     teams AS (SELECT team_id FROM accounts_teammember WHERE organization_id = %(organization)s AND member_id = %(member)s),
     granted AS MATERIALIZED (SELECT conversation_id FROM conversations_grant WHERE organization_id = %(organization)s
            AND (member_id = %(member)s OR team_id IN (SELECT team_id FROM teams)) AND revoked_at IS NULL)
SELECT (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE organization_id = %(organization)s
            AND owner_id = %(member)s AND state = 'open' AND waiting_since IS NOT NULL
            AND (snoozed_until IS NULL OR snoozed_until <= now()) LIMIT 100) a),
       (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE organization_id = %(organization)s
            AND state = 'open' AND owner_id IS NULL AND (campaign_id IN (SELECT campaign_id FROM campaigns)
            OR id IN (SELECT conversation_id FROM granted)) LIMIT 100) b),
       (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE organization_id = %(organization)s
            AND state = 'open' AND (campaign_id IN (SELECT campaign_id FROM campaigns) OR owner_id = %(member)s
            OR id IN (SELECT conversation_id FROM granted)) LIMIT 100) c),
       (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE organization_id = %(organization)s
            AND state = 'open' AND last_outbound_at IS NOT NULL AND (campaign_id IN (SELECT campaign_id FROM campaigns)
            OR owner_id = %(member)s OR id IN (SELECT conversation_id FROM granted)) LIMIT 100) d),
       (SELECT count(*) FROM delivery_delivery d WHERE d.organization_id = %(organization)s
            AND d.conversation_id IN (SELECT conversation_id FROM granted)
            AND d.id IN (SELECT delivery_id FROM delivery_recipient WHERE organization_id = %(organization)s
                AND (member_id = %(member)s OR team_id IN (SELECT team_id FROM teams)))
            AND NOT EXISTS (SELECT 1 FROM conversations_reading r, conversations_event e
                WHERE r.organization_id = %(organization)s AND r.member_id = %(member)s
                AND r.conversation_id = d.conversation_id AND e.conversation_id = d.conversation_id
                AND e.kind = 'delivered' AND e.created_at = d.delivered_at AND r.number >= e.number)),
       (SELECT count(*) FROM notifications_notification n JOIN conversations_event e ON e.id = n.event_id
            WHERE n.organization_id = %(organization)s AND n.member_id = %(member)s AND n.read_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM conversations_reading r WHERE r.organization_id = %(organization)s
                AND r.member_id = %(member)s AND r.conversation_id = n.conversation_id AND r.number >= e.number)),
       (SELECT array_agg(json_build_array(g.id,
            (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation c WHERE c.organization_id = %(organization)s
                AND c.campaign_id = g.id AND c.state = 'open' LIMIT 100) e)))
        FROM campaigns_campaign g WHERE g.id IN (SELECT campaign_id FROM campaigns) AND g.state = 'open')
"""
BARE_HEAD = """
SELECT c.*, u.name, u.email, d.text, d.is_note, p.id, p.name, p.language, p.time_zone, p.stopped_at, s.name,
       ARRAY(SELECT address FROM people_personemail WHERE person_id = p.id ORDER BY is_primary DESC, id),
       ARRAY(SELECT number FROM people_personphone WHERE person_id = p.id ORDER BY id),
       ARRAY(SELECT t.name FROM people_persontag pt JOIN people_tag t ON t.id = pt.tag_id WHERE pt.person_id = p.id ORDER BY 1),
       ARRAY(SELECT json_build_array(a.id, a.stage, a.applied_at, g.name, o.name) FROM campaigns_application a
             JOIN campaigns_campaign g ON g.id = a.campaign_id LEFT JOIN campaigns_source o ON o.id = a.source_id
             WHERE a.person_id = p.id ORDER BY a.applied_at DESC)
FROM conversations_conversation c JOIN people_person p ON p.id = c.person_id
LEFT JOIN people_personstatus s ON s.id = p.status_id
LEFT JOIN accounts_member m ON m.id = c.owner_id LEFT JOIN accounts_user u ON u.id = m.user_id
LEFT JOIN conversations_draft d ON d.conversation_id = c.id AND d.member_id = %(member)s
WHERE c.id = %(conversation)s
"""
BARE_LINES = """
SELECT e.id, e.number, e.kind, e.data, e.created_at, e.member_id, u.name, u.email, m.id, m.author_id, m.client_id, m.kind,
       m.channel, m.text, m.quoted_text, m.third_party, m.created_at, m.delivery_state, m.delivery_reason,
       ARRAY(SELECT json_build_array(f.id, f.name, f.size) FROM conversations_messagefile f WHERE f.message_id = m.id)
FROM (SELECT * FROM conversations_event WHERE conversation_id = %(conversation)s ORDER BY number DESC LIMIT 51) e
LEFT JOIN conversations_message m ON m.id = e.message_id
LEFT JOIN accounts_member a ON a.id = e.member_id LEFT JOIN accounts_user u ON u.id = a.user_id
ORDER BY e.number DESC
"""


class Visitor:
    """A recruiter of one of the seeded organizations, with a client that is signed in."""

    def __init__(self, slug: str) -> None:
        self.organization_id = organization_of_slug(slug)
        with enter(self.organization_id):
            self.member = Member.objects.select_related("user").filter(role="recruiter").order_by("id")[3]
            mine = Conversation.objects.filter(owner=self.member, state="open").order_by("-last_message_at")
            untouched = mine.filter(last_number=MESSAGES_EACH)  # another measurement writes into what it finds here
            self.conversation: UUID = untouched.values_list("pk", flat=True)[5]
        self.client = Client()
        self.client.force_login(self.member.user, backend="accounts.sign_in.Backend")

    def get(self, path: str, **headers: str) -> Callable[[], None]:
        def visit() -> None:
            response = self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            assert response.status_code == 200, (path, response.status_code)

        return visit


def _bare(statements: list[str], **arguments: object) -> Callable[[], None]:
    """The statements as the schema's owner, whom no policy holds."""

    def run() -> None:
        with connections["owner"].cursor() as cursor:
            for sql in statements:
                cursor.execute(sql, arguments)
                cursor.fetchall()

    return run


def _page(name: str, path: Callable[[Visitor], str], bare_sql: list[str], **headers: str) -> list[Row]:
    large, small = Visitor("large"), Visitor("small")
    visit_large, visit_small = large.get(path(large), **headers), small.get(path(small), **headers)
    bare = _bare(
        bare_sql,
        organization=large.organization_id,
        member=large.member.pk,
        user=large.member.user_id,
        session=large.client.cookies["sessionid"].value,
        conversation=large.conversation,
        most=PAGE,
    )
    spent: list[float] = []

    def counted() -> None:
        with Sql() as sql:
            visit_large()
        spent.append(sql.spent)

    at_large, at_small, at_bare = in_turn(counted, visit_small, bare)
    with Sql() as sql:
        visit_large()
    work = f"{SIZES['large']:,} conversations, {SIZES['large'] * 10:,} messages"
    beside = f"{work}, beside the best SQL for the same rows as the owner"
    return [
        Row(f"{name}/queries", sql.count, 1, MOST_STATEMENTS, "statements", work),
        Row(f"{name}/growth", median(at_large), median(at_small), GROWTH, "ms", f"{work}, beside {SIZES['small']:,}"),
        Row(f"{name}/sql", median(spent[5:]), median(at_bare), BARE, "ms", beside),
    ]


def inbox() -> list[Row]:
    """The first page of My leads, and the numbers of its rail, which are asked for beside it."""
    return [
        *_page("inbox-page", lambda visitor: "/inbox/mine/", [BARE_DOOR, BARE_LIST, BARE_RAIL]),
        *_page("rail-numbers", lambda visitor: "/counts/", [BARE_DOOR, BARE_RAIL, BARE_NUMBERS]),
    ]


def thread() -> list[Row]:
    """A conversation as htmx asks for it beside the list that stands, and as a page of its own."""
    inside = [BARE_DOOR, BARE_HEAD, BARE_LINES]

    def path(visitor: Visitor) -> str:
        return f"/conversations/{visitor.conversation}/"

    return [
        *_page("thread-page", path, inside, hx_request="true"),
        *_page("thread-whole-page", path, [*inside, BARE_LIST, BARE_RAIL]),
    ]
