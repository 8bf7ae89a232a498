"""A message that was put in the wrong conversation is moved; what its sender writes there later follows it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.utils import timezone

from accounts.models import Member
from conversations import live, refusals
from conversations.models import Conversation, Event, Found, Message, Move
from people.finding import knows
from people.happening import did_not_happen

MOST_MOVES = 20


def move(message: Message, to: Conversation, *, by: Member, at: datetime | None = None) -> Message:
    """Takes an inbound message out of its conversation and into another, which goes on by it as by one that came there:
    an ended one in a new leg. Raises Refused."""
    at, origin = at or timezone.now(), message.conversation
    if not message.is_inbound:
        raise refusals.NotMovable
    if origin.pk == to.pk or to.messages.filter(client_id=message.client_id).exists():
        raise refusals.AlreadyThere
    first, second = sorted([origin, to], key=lambda conversation: conversation.pk)
    with first.changing(), second.changing():
        if not to.is_open:
            to._start_leg(at, owner=to.leg.owner)
        _take_out(message, origin, to, by=by)
        _put_in(message, to, by=by, at=at)
        _remember(message, origin, to, by=by, at=at)
    return message


def moved_on(conversation: Conversation, sender: str, *, answering: Iterable[UUID] = ()) -> Conversation:
    """Where a new mail of this sender to this conversation belongs, after all the moves.

    Not where it answers something that was written in this conversation after the move.
    """
    for _ in range(MOST_MOVES if sender else 0):
        moved = conversation.moves.filter(sender=sender).select_related("destination__person").last()
        if moved is None or _answers_since(conversation, answering, moved.moved_at):
            break
        conversation = moved.destination
    return conversation


def _answers_since(conversation: Conversation, answering: Iterable[UUID], at: datetime) -> bool:
    ours = conversation.messages.filter(pk__in=list(answering), kind=Message.Kind.OUTBOUND)
    return ours.filter(created_at__gt=at).exists()


def _take_out(message: Message, origin: Conversation, to: Conversation, *, by: Member) -> None:
    """Leaves a line at the message's place that says where it went."""
    line = message.event
    did_not_happen(line.pk)
    _leave_line(line, Event.Kind.MESSAGE_MOVED, by=by, to=str(to), to_id=to.pk.hex)
    message.conversation, message.leg = to, to.leg
    message.save(update_fields=["conversation", "leg"])
    look_back(origin)


def _put_in(message: Message, to: Conversation, *, by: Member, at: datetime) -> None:
    is_theirs = knows(to.person, address_of(message))
    message.third_party = "" if is_theirs else message.third_party or message.sender
    message.doubt, message.found_by = "", Found.MOVED
    message.save(update_fields=["third_party", "doubt", "found_by"])
    message._state.fields_cache.pop("event", None)
    Event.record(to, Event.Kind.MESSAGE_RECEIVED, at=at, message=message, data={"moved_by": by.name})
    look_back(to)


def _remember(message: Message, origin: Conversation, to: Conversation, *, by: Member, at: datetime) -> None:
    """Nothing leads away from where the sender belongs now, so moves never go in a circle."""
    sender = address_of(message)
    if not sender:
        return
    to.moves.filter(sender=sender).delete()
    Move.objects.create(origin=origin, destination=to, message=message, sender=sender, member=by, moved_at=at)


def _leave_line(line: Event, kind: str, *, by: Member, **data: str) -> None:
    """The message's line becomes one of the system, in the same place of the page."""
    message = line.message
    assert message
    line.data = {"client_id": str(message.client_id), "sender": message.author_name, **data}
    line.kind, line.message, line.member = kind, None, by
    line.save(update_fields=["kind", "message", "member", "data"])
    transaction.on_commit(lambda: live.show_line(line), robust=True)


def remove(message: Message, *, by: Member) -> None:
    """Takes a message away; the line that stays says who did it."""
    with message.conversation.changing() as conversation:
        line = message.event
        did_not_happen(line.pk)
        _leave_line(line, Event.Kind.MESSAGE_DISCARDED, by=by)
        message.delete()
        look_back(conversation)


def look_back(conversation: Conversation) -> None:
    """Works out anew what the list shows, from the messages that are there."""
    conversation.show_latest()
    inbound = conversation.messages.filter(kind=Message.Kind.INBOUND)
    conversation.last_inbound_number = inbound.aggregate(n=Max("event__number"))["n"] or 0
    if conversation.is_open:
        conversation.waiting_since = _waiting_since(conversation, inbound)


def _waiting_since(conversation: Conversation, inbound: QuerySet[Message]) -> datetime | None:
    if conversation.last_outbound_at is None:
        return inbound.aggregate(at=Min("created_at"))["at"] or conversation.opened_at
    return inbound.filter(created_at__gt=conversation.last_outbound_at).aggregate(at=Min("created_at"))["at"]


def address_of(message: Message) -> str:
    """The bare address of who really sent it, or an empty string."""
    written = message.sender or message.third_party
    return written.rpartition("<")[2].rstrip("> ").strip().lower() if "@" in written else ""
