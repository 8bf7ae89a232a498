"""What happened in the demo's history, kept as activities in bulk and worked out as a night would."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from conversations.models import Conversation, Event
from people.models import Activity
from scoring import night
from scoring.activities import A_DAY, KINDS, minutes_between


def score_history(organization_id: int, written: Sequence[Conversation], now: datetime) -> None:
    Activity.objects.bulk_create(_activities(written), batch_size=1000)
    night.run(organization_id, now)


def _activities(written: Sequence[Conversation]) -> Iterator[Activity]:
    asked_at: dict[object, datetime] = {}
    events = Event.objects.filter(conversation__in=written).select_related("conversation")
    for event in events.order_by("conversation", "number"):
        if event.kind == Event.Kind.REPLIED:
            asked_at[event.conversation_id] = event.created_at
        if kind := _kind(event):
            yield _activity(event, kind)
        asked = asked_at.get(event.conversation_id)
        if event.kind == Event.Kind.MESSAGE_RECEIVED and asked and event.created_at - asked <= A_DAY:
            minutes = minutes_between(asked, event.created_at)
            yield _activity(event, Activity.Kind.REPLIED_QUICKLY, minutes=minutes)


def _kind(event: Event) -> str | None:
    if event.kind == Event.Kind.DELIVERED:
        return f"delivered_{event.data['basis']}"
    return KINDS.get(Event.Kind(event.kind))


def _activity(event: Event, kind: str, *, minutes: int | None = None) -> Activity:
    return Activity(
        person_id=event.conversation.person_id,
        kind=kind,
        happened_at=event.created_at,
        minutes=minutes,
        key=f"{event.pk}:{kind}",
        conversation_id=event.conversation_id,
    )
