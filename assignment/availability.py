"""Who can take a lead now, and why not."""

from datetime import datetime

from accounts.models import Availability, Member
from accounts.presence import GONE_AFTER
from assignment.hours import Schedule
from assignment.models import Absence


def absence_of(member: Member, *, open_conversations: int, now: datetime, schedule: Schedule | None = None) -> str:
    """Why this member can't take a lead now, or an empty string.

    Who says they are away or offline is. Anybody else can who is on screen, or was a moment ago, or is within their
    working hours; who keeps no hours, and says they are available, always is. And nobody beyond their limit.
    """
    if reason := _said(member, now) or _not_there(member, now, schedule):
        return reason
    if member.open_limit is not None and open_conversations >= member.open_limit:
        return Absence.AT_LIMIT
    return ""


def is_away(member: Member, now: datetime) -> bool:
    return member.availability == Availability.AWAY and not (member.away_until and member.away_until <= now)


def _said(member: Member, now: datetime) -> str:
    if is_away(member, now):
        return Absence.AWAY
    is_off = member.availability == Availability.OFFLINE and member.availability_said_at is not None
    return Absence.OFFLINE if is_off else ""


def _not_there(member: Member, now: datetime, schedule: Schedule | None) -> str:
    if member.last_seen_at is not None and member.last_seen_at >= now - GONE_AFTER:
        return ""
    if schedule and schedule.stretches:
        return "" if schedule.is_open(now) else Absence.OFF_HOURS
    return Absence.OFFLINE if member.availability == Availability.OFFLINE else ""
