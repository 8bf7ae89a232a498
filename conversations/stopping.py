"""STOP and START: the person's own word, by whichever way it comes. The thread says so, members see why."""

from datetime import datetime

from conversations.models import Conversation, Event
from people import stopping


def heed_stop(event: Event) -> None:
    """Who writes STOP, alone in a message, is written to no more; START undoes it. A third party's doesn't count."""
    if event.message and not event.message.third_party:
        heed(event.conversation, event.message.text, at=event.created_at)


def heed(conversation: Conversation, text: str, *, at: datetime) -> bool:
    """Whether the person's text was one of these two words."""
    if stopping.asks_to_stop(text):
        stop(conversation, at=at)
    elif stopping.asks_to_start(text):
        start(conversation, at=at)
    else:
        return False
    return True


def stop(conversation: Conversation, *, at: datetime, because: str = "") -> None:
    with conversation.changing():
        if stopping.stop(conversation.person, at=at):
            Event.record(conversation, Event.Kind.STOPPED, at=at, data={"because": because} if because else {})


def start(conversation: Conversation, *, at: datetime) -> None:
    with conversation.changing():
        if stopping.start(conversation.person):
            Event.record(conversation, Event.Kind.STARTED, at=at)
