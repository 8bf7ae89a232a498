"""STOP and START: the person's own word, by whichever way it comes. The thread says so, members see why."""

from datetime import datetime

from conversations.models import Conversation, Event
from people import stopping


def heed_stop(event: Event) -> None:
    """Who writes STOP, alone in a message, is written to no more; START undoes it. A third party's doesn't count."""
    message = event.message
    if message is None or message.third_party:
        return
    if stopping.asks_to_stop(message.text):
        stop(event.conversation, at=event.created_at)
    elif stopping.asks_to_start(message.text):
        start(event.conversation, at=event.created_at)


def stop(conversation: Conversation, *, at: datetime, because: str = "") -> None:
    with conversation.changing():
        if stopping.stop(conversation.person, at=at):
            Event.record(conversation, Event.Kind.STOPPED, at=at, data={"because": because} if because else {})


def start(conversation: Conversation, *, at: datetime) -> None:
    with conversation.changing():
        if stopping.start(conversation.person):
            Event.record(conversation, Event.Kind.STARTED, at=at)
