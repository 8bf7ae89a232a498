"""Random histories: the report says what a straight count in SQL says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.identifiers import new_id
from campaigns.models import Application, Source
from conversations.models import Conversation, Leg
from delivery.models import Delivery, Recipient, Status
from people.models import Person
from reports.filters import Filters
from reports.outcomes import Outcomes
from tests.cast import make_campaign

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FACTS = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["qualified", "not_qualified", "not_interested", "review", "spam", "other"]),
        "source": st.integers(0, 2),
        "campaign": st.integers(0, 1),
        "author": st.booleans(),
        "rating": st.none() | st.integers(1, 5),
        "hours": st.integers(-30, 24 * 40),
        "answers": st.lists(st.sampled_from(["", "accepted", "not_a_fit", "asked_back"]), max_size=2),
        "withdrawn": st.sampled_from([False, False, False, True]),
        "reason": st.integers(0, 4),
    }
)
IN_PERIOD = "(d.delivered_at AT TIME ZONE 'Europe/Prague')::date BETWEEN '2026-11-01' AND '2026-11-20'"
RECOUNT = """
SELECT {key}, count(*), count(*) FILTER (WHERE s.basis = 'qualified'), count(d.rating), sum(d.rating),
       count(*) FILTER (WHERE EXISTS (SELECT 1 FROM delivery_recipient r WHERE delivery_id = d.id AND answer <> '')),
       count(*) FILTER (WHERE EXISTS (SELECT 1 FROM delivery_recipient r WHERE delivery_id = d.id AND {accepted}))
FROM delivery_delivery d JOIN delivery_status s ON s.id = d.status_id
LEFT JOIN campaigns_application a ON a.id = d.application_id LEFT JOIN campaigns_campaign c ON c.id = a.campaign_id
WHERE s.basis <> 'spam' AND d.withdrawn_at IS NULL AND {in_period} GROUP BY 1
"""
KEYS = {
    "source": "a.source_id",
    "campaign": "a.campaign_id",
    "team": "c.team_id",
    "member": "d.author_id",
    "period": "(d.delivered_at AT TIME ZONE 'Europe/Prague')::date",
}
REASONS = """
SELECT reason_id, count(*) FROM delivery_delivery d JOIN delivery_status s ON s.id = d.status_id
WHERE withdrawn_at IS NULL AND reason_id IS NOT NULL AND {in_period} GROUP BY 1
"""


@pytest.fixture
def rows(cast):
    """What deliveries point to."""
    with cast.inside():
        statuses = Status.objects.prefetch_related("reasons")
        return {
            "statuses": {status.slug: (status, list(status.reasons.all())) for status in statuses},
            "sources": [None, cast.source, Source.objects.create(name="Referral", slug="referral")],
            "campaigns": [cast.campaign, make_campaign("Drivers, Brno", [])],
        }


def write(cast, rows, history) -> None:
    written = [told(cast, rows, number, facts) for number, facts in enumerate(history)]
    for kind in range(6):
        made = [row for story in written for row in story[kind]]
        type(made[0]).objects.bulk_create(made) if made else None


def told(cast, rows, number, facts) -> list[list]:
    at = NOW - timedelta(hours=facts["hours"])
    person, leg_id = Person(name=f"C {number}"), new_id()
    campaign, (status, reasons) = rows["campaigns"][facts["campaign"]], rows["statuses"][facts["status"]]
    source = rows["sources"][facts["source"]]
    application = Application(person=person, campaign=campaign, source=source, applied_at=at)
    about = {"person": person, "application": application, "campaign": campaign}
    conversation = Conversation(**about, leg_id=leg_id, opened_at=at, last_message_at=at)
    delivery = Delivery(
        conversation=conversation,
        leg_id=leg_id,
        application=application,
        status=status,
        reason=reasons[facts["reason"]] if reasons else None,
        rating=facts["rating"],
        author=cast.jana if facts["author"] else cast.petr,
        delivered_at=at,
        withdrawn_at=at if facts["withdrawn"] else None,
    )
    answers = zip((cast.eva, cast.sofia), facts["answers"], strict=False)
    recipients = [Recipient(delivery=delivery, member=member, answer=answer) for member, answer in answers]
    leg = Leg(id=leg_id, conversation=conversation, number=1, started_at=at, ended_at=at)
    return [[person], [application], [conversation], [leg], [delivery], recipients]


def counted(sql: str, key: str = "") -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql.format(key=key, in_period=IN_PERIOD, accepted="answer = 'accepted'"))
        return cursor.fetchall()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(FACTS, max_size=14))
def test_the_report_says_what_a_straight_count_says(cast, rows, history):
    with cast.inside(), transaction.atomic():
        write(cast, rows, history)
        for by, column in KEYS.items():
            report = Outcomes(Filters(cast.adam, QueryDict(f"first=2026-11-01&last=2026-11-20&by={by}"), now=NOW))
            found = {
                key.date() if by == "period" else key: (
                    figures.total,
                    figures.qualified,
                    figures.rated,
                    sum(stars * many for stars, many in figures.by_rating.items()) or None,
                    figures.by_answer.get("answered", 0),
                    figures.by_answer.get("accepted", 0),
                )
                for key, figures in report.broken_down.items()
            }
            assert found == {key: tuple(numbers) for key, *numbers in counted(RECOUNT, column)}, by
        assert {why.key: why.count for why in report.why_not} == {str(key): many for key, many in counted(REASONS)}
        transaction.set_rollback(True)
