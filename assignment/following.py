"""What follows from an event for assignment; recruitchat/reactions.py says when."""

from assignment.assigning import give_to_next, record
from assignment.models import Assignment, Because
from conversations.models import Event


def find_owner(event: Event) -> None:
    """An open lead that nobody has goes to the next in turn."""
    if event.conversation.owner_id is None:
        give_to_next(event.conversation)


def record_addition(event: Event) -> None:
    """Who adds a person by hand has the lead from the start: that stands in the ledger too."""
    if event.data.get("because") == "added":
        record(event.conversation, because=Because.TAKEN, by=event.member, at=event.created_at)


def record_leg(event: Event) -> None:
    """A leg that starts with an owner stands in the ledger: came back to who had it, or taken up from a delivery."""
    conversation = event.conversation
    if conversation.owner_id is None:
        return
    had_it = Assignment.objects.filter(conversation=conversation, member=conversation.owner_id).exists()
    record(conversation, because=Because.RETURNED if had_it else Because.DELIVERY, at=event.created_at)
