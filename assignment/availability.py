"""Who can take a lead now, and why not."""

from datetime import datetime

from accounts import presence
from accounts.models import Availability, Member
from accounts.presence import GONE_AFTER
from assignment.hours import Schedule
from assignment.models import Absence

SAID = {"": "", Availability.AWAY: Absence.AWAY, Availability.OFFLINE: Absence.OFFLINE}


def absence_of(member: Member, *, open_conversations: int, now: datetime, schedule: Schedule | None = None) -> str:
    """Why this member can't take a lead now, or an empty string.

    Who says they are away or offline is. Anybody else can who is on screen, or was a moment ago, or is within their
    working hours; who keeps no hours, and says they are available, always is. And nobody beyond their limit.
    """
    if reason := SAID[presence.said(member, now)] or _not_there(member, now, schedule):
        return reason
    if member.open_limit is not None and open_conversations >= member.open_limit:
        return Absence.AT_LIMIT
    return ""


def _not_there(member: Member, now: datetime, schedule: Schedule | None) -> str:
    if member.last_seen_at is not None and member.last_seen_at >= now - GONE_AFTER:
        return ""
    if schedule and schedule.stretches:
        return "" if schedule.is_open(now) else Absence.OFF_HOURS
    return Absence.OFFLINE if member.availability == Availability.OFFLINE else ""
