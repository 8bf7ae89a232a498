"""Taking back what was said a moment ago and hasn't left yet."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from conversations import refusals

if TYPE_CHECKING:
    from accounts.models import Member
    from conversations.models import Conversation, Message


def standing(conversation: "Conversation") -> dict[str, Any]:
    """How it stands with the conversation before a reply, to be put back when that is taken back."""
    return {
        "waiting_since": _written(conversation.waiting_since),
        "last_outbound_at": _written(conversation.last_outbound_at),
        "stage": conversation.application.stage if conversation.application else "",
    }


def take_back(message: "Message", *, by: "Member") -> None:
    """Unsays the member's own message; its line says so, its text is their draft again. Raises TooLate.

    The caller has made sure that it doesn't leave.
    """
    from conversations.models import Conversation, Event

    with Conversation.objects.get(pk=message.conversation_id).changing() as conversation:
        if message.author_id != by.pk or not message.held_until or message.held_until <= timezone.now():
            raise refusals.TooLate
        event = Event.objects.get(message=message)
        _put_back(conversation, message, event.data.get("before", {}))
        data = {"client_id": str(message.client_id)}
        Event.objects.filter(pk=event.pk).update(kind=Event.Kind.TAKEN_BACK, message=None, data=data)
        _draft(message, conversation)
        message.delete()
        conversation.show_latest()


def _put_back(conversation: "Conversation", message: "Message", before: dict[str, Any]) -> None:
    """What the message changed, unless somebody has changed it since."""
    conversation.waiting_since = _read(before.get("waiting_since")) or conversation.waiting_since
    if conversation.last_outbound_at != message.created_at:
        return
    conversation.last_outbound_at = _read(before.get("last_outbound_at"))
    if conversation.leg.first_answer_at == message.created_at:
        conversation.leg.first_answer_at = None
        conversation.leg.save(update_fields=["first_answer_at"])
    if conversation.application and before.get("stage") == "new":
        conversation.application.move_to("new")


def _draft(message: "Message", conversation: "Conversation") -> None:
    """Before what its author has typed since."""
    from conversations.models import Draft

    typed = {"conversation": conversation, "member": message.author}
    draft, is_new = Draft.objects.get_or_create(**typed, defaults={"text": message.text})
    if not is_new and message.text not in draft.text:
        draft.text = f"{message.text}\n{draft.text}"
        draft.save()


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(moment: str | None) -> datetime | None:
    return parse_datetime(moment) if moment else None
