"""Delivering, beside its own statements alone; the outcome report of a year, beside the bare counts.

DELIVERY_CONVERSATIONS is how many conversations there are (a million); three of ten of them have a delivery.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Member, Organization, Team
from accounts.tenancy import enter
from benchmarks.delivery_seed import organization_with
from benchmarks.replay import Replay
from benchmarks.results import Row
from benchmarks.timing import Sql, in_turn, median
from conversations.models import Conversation
from delivery.models import Status
from recruitchat.nudging import nudge_from_a_thread

CONVERSATIONS = int(os.environ.get("DELIVERY_CONVERSATIONS", "1000000"))
WORK = f"{CONVERSATIONS:,} conversations, {CONVERSATIONS * 3 // 10:,} deliveries"
DONE_STATEMENTS, DONE_TIMES = 15, 3.0
REPORT_STATEMENTS, REPORT_TIMES = 10, 1.5
TIMES = 30
AS_HTMX_SENDS = "application/x-www-form-urlencoded"
DOOR = """
SELECT s.session_data, u.*, m.*, o.* FROM django_session s, accounts_user u
JOIN accounts_member m ON m.user_id = u.id JOIN accounts_organization o ON o.id = m.organization_id
WHERE s.session_key = %(session)s AND u.id = %(user)s
"""
OUTCOMES = """
SELECT a.source_id, d.status_id, d.reason_id, d.rating, count(*) FROM delivery_delivery d
LEFT JOIN campaigns_application a ON a.id = d.application_id
WHERE d.organization_id = %(organization)s AND d.delivered_at >= %(start)s AND d.delivered_at < %(end)s AND d.withdrawn_at IS NULL
GROUP BY 1, 2, 3, 4
"""
ANSWERS = """
SELECT a.source_id, d.status_id, count(DISTINCT r.delivery_id), count(DISTINCT r.delivery_id) FILTER (WHERE r.answer = 'accepted'),
       count(DISTINCT r.delivery_id) FILTER (WHERE r.answer = 'not_a_fit'), count(DISTINCT r.delivery_id) FILTER (WHERE r.answer = 'asked_back')
FROM delivery_recipient r JOIN delivery_delivery d ON d.id = r.delivery_id LEFT JOIN campaigns_application a ON a.id = d.application_id
WHERE r.organization_id = %(organization)s AND r.answer <> '' AND d.delivered_at >= %(start)s AND d.delivered_at < %(end)s
  AND d.withdrawn_at IS NULL
GROUP BY 1, 2
"""
FUNNEL = """
SELECT a.source_id, count(*), count(*) FILTER (WHERE t.application_id IS NOT NULL), count(*) FILTER (WHERE q.application_id IS NOT NULL),
       count(*) FILTER (WHERE a.stage = 'hired')
FROM campaigns_application a JOIN people_person p ON p.id = a.person_id
LEFT JOIN (SELECT DISTINCT application_id FROM conversations_conversation
           WHERE organization_id = %(organization)s AND last_outbound_at IS NOT NULL) t ON t.application_id = a.id
LEFT JOIN (SELECT DISTINCT application_id FROM delivery_delivery d JOIN delivery_status s ON s.id = d.status_id
           WHERE d.organization_id = %(organization)s AND s.basis = 'qualified' AND d.withdrawn_at IS NULL) q ON q.application_id = a.id
WHERE a.organization_id = %(organization)s AND a.applied_at >= %(start)s AND a.applied_at < %(end)s AND NOT p.is_spam
GROUP BY 1
"""
BESIDE = [
    """SELECT count(*), min(l.started_at) FROM conversations_conversation c JOIN conversations_leg l ON l.id = c.leg_id
    WHERE c.organization_id = %(organization)s AND c.state = 'open' AND c.last_outbound_at IS NOT NULL""",
    """SELECT count(*) FROM delivery_delivery d JOIN delivery_status s ON s.id = d.status_id
    WHERE d.organization_id = %(organization)s AND s.basis <> 'spam' AND d.delivered_at < %(start)s AND d.withdrawn_at IS NULL""",
    """SELECT (SELECT count(*) FROM (SELECT 1 FROM conversations_conversation WHERE organization_id = %(organization)s
        AND state = 'open' LIMIT 1000) a)""",
]


class Deliverer:
    """A recruiter with a client that is signed in, and open conversations of hers, each to be delivered once."""

    def __init__(self, organization: Organization, role: str) -> None:
        self.organization = organization
        with enter(organization.pk):
            self.member = Member.objects.select_related("user").filter(role=role).order_by("id")[0]
            self.team, self.status = Team.objects.get(), Status.objects.get(slug="qualified")
            mine = Conversation.objects.filter(owner=self.member, state="open").order_by("-last_message_at")
            self.open = iter(list(mine.values_list("pk", "application", "leg", "person")[: 8 * TIMES]))
        self.client = Client()
        self.client.force_login(self.member.user, backend="accounts.sign_in.Backend")

    def done(self) -> None:
        self.deliver(*next(self.open)[:2])

    def deliver(self, conversation: UUID, application: UUID) -> None:
        said = {"status": self.status.pk, "application": application, "notes": "Good", "rating": 4, "step": "done"}
        path = reverse("delivery:new", args=[conversation])
        body = urlencode(said | {"recipients": f"team:{self.team.pk}"})
        response = self.client.post(path, body, content_type=AS_HTMX_SENDS, headers={"HX-Request": "true"})
        assert response.status_code == 200, response.status_code

    def replayed(self) -> Callable[[], None]:
        """Delivers one; what is returned delivers another each time, by the very same statements, bare."""
        first = next(self.open)
        with (replay := Replay("grant_id")):
            self.deliver(*first[:2])
        prepared = iter([replay.about(dict(zip(first, next(self.open), strict=True))) for _ in range(2 * TIMES)])
        return lambda: replay.run(next(prepared))

    @property
    def values(self) -> dict[str, Any]:
        session = self.client.cookies["sessionid"].value
        who = {"member": self.member.pk, "user": self.member.user_id, "session": session}
        return who | {"organization": self.organization.pk}


def counted(act: Callable[[], None]) -> int:
    with Sql() as sql:
        act()
    return sql.count


def delivery_done() -> list[Row]:
    """From the POST of Done to its answer, one team the recipient."""
    deliverer = Deliverer(organization_with(CONVERSATIONS), "recruiter")
    nudged = nudge_from_a_thread()  # as web processes do
    ours, bare = in_turn(deliverer.done, deliverer.replayed(), times=TIMES, between=nudged)
    statements = counted(deliverer.done)
    beside = f"{WORK}, POST to answer beside its statements alone, by the same login"
    return [
        Row("delivery-done/queries", statements, 1, DONE_STATEMENTS, "statements", WORK),
        Row("delivery-done", median(ours), median(bare), DONE_TIMES, "ms", beside),
    ]


def outcome_report() -> list[Row]:
    """The whole page over the year: its statements beside the bare counts of the same rows."""
    supervisor = Deliverer(organization_with(CONVERSATIONS), "supervisor")
    end = timezone.now().date()
    start = end - timedelta(days=365)
    path = reverse("reports:outcomes") + f"?first={start}&last={end}"
    values = supervisor.values | {"start": start, "end": end + timedelta(days=1)}
    spent: list[float] = []

    def ours() -> None:
        with Sql() as sql:
            assert supervisor.client.get(path).status_code == 200
        spent.append(sql.spent)

    def bare() -> None:
        with connections["owner"].cursor() as cursor:
            for sql in [DOOR, OUTCOMES, ANSWERS, FUNNEL, *BESIDE]:
                cursor.execute(sql, values)
                cursor.fetchall()

    _whole, alone = in_turn(ours, bare, times=7, warm=1)
    beside = f"{WORK}, a year: time in SQL of the page beside the bare GROUP BYs as the owner"
    return [
        Row("outcome-report/queries", counted(ours), 1, REPORT_STATEMENTS, "statements", WORK),
        Row("outcome-report", median(spent[1:8]), median(alone), REPORT_TIMES, "ms", beside),
    ]
