from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Member
from conversations.appointing import Plan, appoint
from conversations.models import Appointment, Conversation


def appointment_of(conversation: Conversation, *, by: Member, starts_at: datetime | None = None) -> Appointment:
    """An interview, in two days by default."""
    starts_at = starts_at or (timezone.now() + timedelta(days=2)).astimezone(UTC)
    return appoint(conversation, Plan("Interview", starts_at, 30, ZoneInfo("Europe/Prague"), "Room 5"), by=by)
