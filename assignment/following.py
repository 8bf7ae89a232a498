"""What follows from an event for assignment; recruitchat/reactions.py says when."""

from assignment.assigning import assign, record
from assignment.giving import as_it_waits, give_back_to_last_owner, give_to_next, is_there
from assignment.models import Assignment, Because, Promise
from assignment.promising import promise_answer
from conversations.models import Event


def find_owner(event: Event) -> None:
    """An open lead that nobody has goes to its person's last owner, else to the next in turn; else it waits, and the
    candidate is told by when to expect an answer."""
    conversation = event.conversation
    if conversation.owner_id is not None or not (lead := as_it_waits(conversation)):
        return
    is_back = lead.had_owner and not conversation.assignments.exists()
    if is_back and give_back_to_last_owner(conversation):
        return
    if lead.has_turn and not give_to_next(conversation):
        promise_answer(conversation)


def keep_or_pass_on(event: Event) -> None:
    """A person who came back has their last owner again, unless that one isn't there now."""
    conversation = event.conversation
    if event.member_id or conversation.owner is None or conversation.campaign is None:
        return
    if not is_there(conversation.owner, conversation.campaign):
        assign(conversation, None, because=Because.RETURNED, instead_of=conversation.owner_id)
        conversation.owner = None


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


def settle_promise(event: Event) -> None:
    """A member's answer keeps what was promised, or comes too late for it."""
    if event.member_id is None:
        return
    for promise in Promise.objects.filter(conversation=event.conversation_id, answered_at=None):
        promise.settle(event.created_at)


def fill_room(event: Event) -> None:
    """Whoever has one conversation less has room for one that waits."""
    from assignment.tasks import work_off_queue_of_id

    has_less = event.conversation.leg.owner_id if event.kind == Event.Kind.DELIVERED else event.data.get("from_id")
    if has_less and (event.kind == Event.Kind.DELIVERED or event.data.get("to")):
        work_off_queue_of_id(event.organization_id, str(has_less))
