"""What `assign` does, for the next in turn, by a function of the database: all leads of the campaign wait meanwhile.

The function is in assignment/migrations/0003_assign_in_turn.py.
"""

import json
from typing import Any

from django.db import connection
from django.utils import timezone

from assignment.assigning import listed
from assignment.models import Assignment, Because
from assignment.rotation import Decision
from campaigns.models import Campaign
from conversations.models import Conversation, Event
from conversations.signals import announce, is_quiet
from conversations.working import said_of_assignment

FUNCTION = """
SELECT * FROM assign_in_turn(
    %(campaign)s, %(lead)s, %(member)s, %(entry)s, %(event)s, %(because)s, %(passed_over)s, %(data)s, %(at)s,
    %(reacted_at)s)
"""


def assign_first_in_turn(campaign: Campaign) -> Assignment | None:
    """Makes who is first in Auto assign the owner of the lead that waited longest; they then stand behind all others.

    The campaign's place in the turn is locked from here on. None, and nothing is written, when there is neither, when
    the lead was somebody's before, or somebody else took it meanwhile.
    """
    return _give(campaign.pk, passed_over=[], lead=None, member=None)


def assign_in_turn(lead: Conversation, decision: Decision) -> Assignment | None:
    """The same for this lead, of the decision's member."""
    member: Any = decision.member
    return _give(lead.campaign_id, passed_over=listed(decision.passed_over), lead=lead.pk, member=member.pk)


def _give(campaign_id: Any, *, passed_over: list[dict[str, str]], **chosen: Any) -> Assignment | None:
    at, because = timezone.now(), Because.ROTATION
    entry = Assignment(campaign_id=campaign_id, because=because, passed_over=passed_over, assigned_at=at)
    said = said_of_assignment(None, previous=None, because=because)
    line = Event(kind=Event.Kind.ASSIGNED, data=said, created_at=at, reacted_at=at if is_quiet() else None)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION, _values(entry, line) | chosen)
        row = cursor.fetchone()
    if row is None:
        return None
    entry.conversation_id, entry.leg_id, line.number, entry.member_id, line.data["to"] = row
    line.conversation_id = entry.conversation_id
    line._state.adding = entry._state.adding = False
    announce(line)
    return entry


def _values(entry: Assignment, line: Event) -> dict[str, Any]:
    return {
        "campaign": entry.campaign_id,
        "entry": entry.pk,
        "because": entry.because,
        "passed_over": json.dumps(entry.passed_over),
        "at": entry.assigned_at,
        "event": line.pk,
        "data": json.dumps(line.data),
        "reacted_at": line.reacted_at,
    }
