"""The reply link as something that is opened."""

from datetime import datetime

from conversations.models import Conversation, DeliveryState, Event, Message


def link_opened(conversation: Conversation, *, now: datetime) -> Event | None:
    """Records that the candidate looked, once for each message of ours that has left; None when it is there already."""
    message = _latest_of_ours(conversation)
    data = {"message": str(message)} if message else {}
    opened = conversation.events.filter(kind=Event.Kind.LINK_OPENED, data=data)
    if opened.exists():
        return None
    with conversation.changing():
        return None if opened.exists() else Event.record(conversation, Event.Kind.LINK_OPENED, at=now, data=data)


def _latest_of_ours(conversation: Conversation) -> object | None:
    ours = conversation.messages.filter(kind=Message.Kind.OUTBOUND).exclude(delivery_state=DeliveryState.QUEUED)
    ours = ours.order_by("-created_at", "-pk")
    return ours.values_list("pk", flat=True).first()
