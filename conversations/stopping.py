from conversations.models import Event
from people import stopping


def heed_stop(event: Event) -> None:
    """Who writes STOP, alone in a message, is written to no more; START undoes it. A third party's doesn't count."""
    message = event.message
    if message and not message.third_party:
        stopping.heed(message.text, message.conversation.person, at=event.created_at)
