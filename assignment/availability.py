"""Who can take a lead now, and why not."""

from datetime import datetime, timedelta

from accounts.models import Availability, Member
from assignment.models import Absence

SEEN_WITHIN = timedelta(minutes=2)


def absence_of(member: Member, *, open_conversations: int, now: datetime) -> str:
    """Why this member can't take a lead now, or an empty string.

    Who says they are available is, and so is who was on screen a moment ago, unless they are away or at their limit.
    """
    if member.availability == Availability.AWAY and not (member.away_until and member.away_until <= now):
        return Absence.AWAY
    is_online = member.last_seen_at is not None and member.last_seen_at >= now - SEEN_WITHIN
    if member.availability == Availability.OFFLINE and not is_online:
        return Absence.OFFLINE
    if member.open_limit is not None and open_conversations >= member.open_limit:
        return Absence.AT_LIMIT
    return ""
