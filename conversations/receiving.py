"""What people say to us, taken in: a message and a line of the thread each, written together for all that came."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Self
from uuid import UUID

from django.utils import timezone

from conversations import refusals
from conversations.attaching import Upload, attach
from conversations.changing import changing_together
from conversations.file_rules import FileRules, withheld_where_harmful
from conversations.speaking import cleaned

if TYPE_CHECKING:
    from conversations.models import Conversation, Event, Message


@dataclass(frozen=True)
class Origin:
    """Of a mail: who really sent it, why it is in this conversation (Found), whether that is doubted (Doubt), and
    whether nothing automatic may answer it (RFC 3834, 2: lists, senders without a reply)."""

    sender: str = ""
    found_by: str = ""
    doubt: str = ""
    must_not_answer: bool = False


@dataclass(frozen=True)
class Received:
    """What the person of a conversation said, or a third party (an address)."""

    conversation: "Conversation"
    text: str
    via: str
    third_party: str = ""
    origin: Origin = Origin()
    quoted_text: str = ""
    files: Sequence[Upload] = ()
    client_id: UUID | None = None
    at: datetime = field(default_factory=timezone.now)

    @property
    def mark(self) -> tuple[UUID, UUID | int]:
        """What came twice has the same."""
        return self.conversation.pk, self.client_id or id(self)

    def checked(self) -> Self:
        """Before the conversation is locked: looking for viruses takes a while. Raises NothingSaid, and of a file that
        isn't taken why."""
        if not self.files and not cleaned(self.text):
            raise refusals.NothingSaid
        if not self.files:
            return self
        if self.via == "email":
            return replace(self, files=withheld_where_harmful(self.files))
        return replace(self, files=FileRules.of(self.conversation.organization).checked(self.files))


class Heard(NamedTuple):
    """What is to be written of it."""

    message: "Message"
    line: "Event"
    files: Sequence[Upload]


class Receiving:
    def receive(
        self: "Conversation",
        text: str,
        *,
        via: str,
        third_party: str = "",
        origin: Origin = Origin(),
        quoted_text: str = "",
        files: Iterable[Upload] = (),
        client_id: UUID | None = None,
        at: datetime | None = None,
    ) -> "Message":
        """Takes in what the person said, inside a transaction. The same `client_id` twice is one message.

        Raises what `take_in` does.
        """
        at, files = at or timezone.now(), list(files)
        return take_in([Received(self, text, via, third_party, origin, quoted_text, files, client_id, at)])[0]

    def _hear(self: "Conversation", one: Received) -> Heard:
        """What was said changes how it stands; an ended conversation opens a new leg. Raises Rejected."""
        from conversations.models import Event

        if self.is_rejected:
            raise refusals.Rejected
        if not self.is_open:
            self._start_leg(one.at, owner=self.leg.owner)
        message = self._worded("inbound", one.text, one.at, one.files, one.client_id, **_facts_of(one))
        line = Event.next(self, Event.Kind.MESSAGE_RECEIVED, at=one.at, message=message)
        self.channel, self.last_inbound_number = one.via, line.number
        self.waiting_since = self.waiting_since or one.at
        self.snoozed_until = None
        return Heard(message, line, one.files)


def take_in(received: Iterable[Received]) -> "list[Message]":
    """The message of each; one that came twice is one. Inside a transaction: where one is refused, none is to stay.

    Raises Rejected, NothingSaid, and of a file that isn't taken why.
    """
    received = [one.checked() for one in received]
    conversations = {one.conversation.pk: one.conversation for one in received}
    with changing_together(conversations.values()):
        said, heard = _said_before(received), []
        for one in received:
            if one.mark not in said:
                heard.append(conversations[one.conversation.pk]._hear(one))
                said[one.mark] = heard[-1].message
        _write(heard)
    return [said[one.mark] for one in received]


def _said_before(received: list[Received]) -> "dict[tuple[UUID, UUID | int], Message]":
    from conversations.models import Message

    marks = [one.mark for one in received if one.client_id]
    if not marks:
        return {}
    of_these, with_these = zip(*marks, strict=True)
    said = Message.objects.filter(conversation__in=of_these, client_id__in=with_these).only("conversation", "client_id")
    return {(message.conversation_id, message.client_id): message for message in said}


def _facts_of(one: Received) -> dict[str, str | bool]:
    told = {"channel": one.via, "third_party": one.third_party, "quoted_text": one.quoted_text}
    return told | asdict(one.origin)


def _write(heard: list[Heard]) -> None:
    from conversations.models import Event, Message

    Message.objects.bulk_create(one.message for one in heard)
    attach((one.message, one.files) for one in heard)
    Event.record_all([one.line for one in heard])
