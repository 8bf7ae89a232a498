"""Which activities an event of a conversation is."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from conversations.models import Event, Message
from people.happening import did_not_happen, happened
from people.models import Activity

A_DAY = timedelta(days=1)
KINDS = {
    Event.Kind.APPLIED: Activity.Kind.APPLICATION,
    Event.Kind.MESSAGE_RECEIVED: Activity.Kind.MESSAGE_RECEIVED,
    Event.Kind.REPLIED: Activity.Kind.MESSAGE_SENT,
    Event.Kind.LINK_OPENED: Activity.Kind.LINK_OPENED,
    Event.Kind.MAIL_OPENED: Activity.Kind.MAIL_OPENED,
    Event.Kind.NOTE_WRITTEN: Activity.Kind.NOTE,
}


def log_activity(event: Event) -> None:
    """Keeps and scores what the event says happened with the person; the same event twice is one activity."""
    if event.message and event.message.third_party:  # somebody else wrote
        return
    if event.kind == Event.Kind.DELIVERED and _of_delivery(event, Event.Kind.DELIVERY_WITHDRAWN):
        return
    if kind := _kind(event):
        _happened(event, kind, subject=_subject(event))
    if answered := _answered_quickly(event):
        minutes = minutes_between(answered.created_at, event.created_at)
        _happened(event, Activity.Kind.REPLIED_QUICKLY, subject=answered.pk, minutes=minutes)


def minutes_between(asked: datetime, answered: datetime) -> int:
    """How long we waited for an answer, in minutes begun."""
    return ceil((answered - asked) / timedelta(minutes=1))


def forget_delivery(event: Event) -> None:
    """A delivery that was withdrawn is no activity any more."""
    if delivered := _of_delivery(event, Event.Kind.DELIVERED):
        did_not_happen(delivered.pk)


def _of_delivery(event: Event, kind: str) -> Event | None:
    """The conversation's line of this kind about the same delivery."""
    lines = Event.objects.filter(conversation=event.conversation_id, kind=kind)
    return lines.filter(data__delivery=event.data.get("delivery")).first()


def _happened(event: Event, kind: str, *, subject: Any, **facts: Any) -> None:
    facts |= {"at": event.created_at, "conversation_id": event.conversation_id}
    happened(kind, person_id=event.conversation.person_id, subject=subject, **facts)


def _subject(event: Event) -> Any:
    """What it counts once for: an appointment, the message of ours that was opened, else the event itself."""
    if event.kind in {Event.Kind.MAIL_OPENED, Event.Kind.LINK_OPENED}:
        return event.data.get("message") or event.pk
    return event.data.get("appointment") or event.pk


def _kind(event: Event) -> str | None:
    if event.kind == Event.Kind.DELIVERED:
        return _known(f"delivered_{event.data.get('basis', '')}")
    if event.kind == Event.Kind.APPOINTMENT:
        return _known(f"appointment_{event.data.get('what', '')}")
    return KINDS.get(Event.Kind(event.kind))


def _known(kind: str) -> str | None:
    return kind if kind in Activity.Kind.values else None


def _answered_quickly(event: Event) -> Message | None:
    """Our message that this one answers within a day (how quick is quick, a rule says). It is answered once, however
    many lines the answer has."""
    if event.kind != Event.Kind.MESSAGE_RECEIVED:
        return None
    ours = Message.objects.filter(conversation=event.conversation_id, kind=Message.Kind.OUTBOUND)
    since = event.created_at - A_DAY
    return ours.filter(created_at__range=(since, event.created_at)).only("created_at").order_by("-created_at").first()
