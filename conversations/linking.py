"""The reply link as something that is opened."""

from datetime import datetime

from conversations.models import Conversation, Event


def link_opened(conversation: Conversation, *, now: datetime) -> Event | None:
    """Records that the candidate looked, once a day of the organization; None when today's is there."""
    today = now.astimezone(conversation.organization.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    opened = conversation.events.filter(kind=Event.Kind.LINK_OPENED, created_at__gte=today)
    if opened.exists():
        return None
    with conversation.changing():
        return None if opened.exists() else Event.record(conversation, Event.Kind.LINK_OPENED, at=now)
