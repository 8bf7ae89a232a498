"""What we say in a conversation. These verbs, and `Receiving`, are the only places where a Message is made."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from conversations import refusals
from conversations.attaching import Upload, attach
from conversations.file_rules import FileRules
from conversations.taking_back import standing

if TYPE_CHECKING:
    from accounts.models import Member
    from conversations.models import Conversation, Message

LONGEST_TEXT = 100_000
AT_ONCE = timedelta(minutes=10)


def cleaned(text: str) -> str:
    """As it is kept."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST_TEXT]


class Speaking:
    last_outbound_at: "datetime | None"

    def reply(
        self: "Conversation",
        text: str,
        *,
        by: "Member",
        via: str | None = None,
        files: Iterable[Upload] = (),
        client_id: UUID | None = None,
        seen_number: int | None = None,
        hold: timedelta = timedelta(0),
        at: datetime | None = None,
    ) -> "Message":
        """Says something to the person; queued to be sent. `seen_number` is the last event its author has seen.
        For the time of `hold` it waits here, and its author can take it back.

        Raises Ended, Stopped, NoAddress, NothingSaid, Unseen (a colleague wrote meanwhile).
        """
        from conversations.models import Event

        at, files = at or timezone.now(), self._checked(files)
        with self.changing():
            if said := self._said_before(client_id):
                return said
            self.check_reply(by, seen_number)
            before = standing(self)
            held = {"held_until": at + hold} if hold else {}
            message = self._write("outbound", text, at, files, client_id, author=by, channel=via or "email", **held)
            self.waiting_since = None
            self.last_outbound_at = at
            if self.leg.first_answer_at is None:
                self.leg.first_answer_at = at
                self.leg.save(update_fields=["first_answer_at"])
            if self.application and self.application.stage == "new":
                self.application.move_to("in_conversation")
            data = {"before": before} if hold else {}
            Event.record(self, Event.Kind.REPLIED, at=at, message=message, member=by, data=data)
            return message

    def say_automatically(self: "Conversation", text: str, *, at: datetime | None = None) -> "Message | None":
        """Says something in the organization's own name, as no member's answer: the person still waits.

        None when they aren't to be written to: the conversation ended, they wrote STOP, or have no address, or the
        last that came is a mail that nothing automatic may answer, or something automatic was said to them today.
        """
        from conversations.models import Event
        from people.models import AutomaticAnswer

        at = at or timezone.now()
        with self.changing():
            try:
                self.check_reply(None, None)
            except refusals.Refused:
                return None
            last = self.messages.filter(kind="inbound").order_by("-created_at", "-id").first()
            if (last and last.must_not_answer) or not AutomaticAnswer.may_go_to(self.person.email, at=at):
                return None
            message = self._write("outbound", text, at, (), None, channel="email")
            Event.record(self, Event.Kind.REPLIED, at=at, message=message, data={"automatic": True})
            return message

    def note(
        self: "Conversation",
        text: str,
        *,
        by: "Member",
        files: Iterable[Upload] = (),
        client_id: UUID | None = None,
        mentions: Iterable["Member"] = (),
        at: datetime | None = None,
    ) -> "Message":
        """Writes what only members see. Raises NothingSaid."""
        from conversations.models import Event, Mention

        at, files = at or timezone.now(), self._checked(files)
        with self.changing():
            if said := self._said_before(client_id):
                return said
            message = self._write("note", text, at, files, client_id, author=by, channel="web")
            Mention.objects.bulk_create(Mention(member=m, conversation=self, message=message) for m in mentions)
            Event.record(self, Event.Kind.NOTE_WRITTEN, at=at, message=message, member=by)
            return message

    def _checked(self: "Conversation", files: Iterable[Upload]) -> list[Upload]:
        """Before the conversation is locked: looking for viruses takes a while."""
        files = list(files)
        return FileRules.of(self.organization).checked(files) if files else []

    def _said_before(self: "Conversation", client_id: UUID | None) -> "Message | None":
        if client_id is None:
            return None
        said = self.messages.filter(client_id=client_id)
        return said.first() if said.order_by().exists() else None

    def taken_as_seen(self: "Conversation", member: "Member") -> int:
        """Up to which event a member has seen it who doesn't say so: what they had on screen, what they answered, and
        what has stood there for longer than two take who write at once."""
        readings = self.readings.filter(member=member).values_list("number", flat=True)
        known = models.Q(message__author=member) | models.Q(created_at__lt=timezone.now() - AT_ONCE)
        latest = self.events.filter(known).aggregate(number=models.Max("number"))["number"]
        return max(readings.first() or 0, latest or 0)

    def check_reply(self: "Conversation", by: "Member | None", seen_number: int | None) -> None:
        """Raises what `reply` would, but NothingSaid."""
        if not self.is_open:
            raise refusals.Ended
        if self.person.stopped_at:
            raise refusals.Stopped
        if not self.person.email:
            raise refusals.NoAddress
        if seen_number is None:
            return
        newer = self.messages.filter(kind="outbound", author__isnull=False, event__number__gt=seen_number)
        if unseen := newer.exclude(author=by).select_related("author__user").order_by("-event__number").first():
            raise refusals.Unseen(unseen)

    def _write(
        self: "Conversation",
        kind: str,
        text: str,
        at: datetime,
        files: Iterable[Upload],
        client_id: UUID | None,
        **facts: Any,
    ) -> "Message":
        files = list(files)
        message = self._worded(kind, text, at, files, client_id, **facts)
        message.save(force_insert=True)
        attach([(message, files)])
        return message

    def _worded(
        self: "Conversation",
        kind: str,
        text: str,
        at: datetime,
        files: Sequence[Upload],
        client_id: UUID | None,
        **facts: Any,
    ) -> "Message":
        """The message, not written yet; lists show it as the last. Raises NothingSaid."""
        from conversations.models import DeliveryState, Message

        text = cleaned(text)
        if not text and not files:
            raise refusals.NothingSaid
        if client_id:
            facts["client_id"] = client_id
        if kind == "outbound":
            facts["delivery_state"] = DeliveryState.QUEUED
        message = Message(conversation=self, leg_id=self.leg_id, kind=kind, text=text, created_at=at, **facts)
        self.show_last(message, [file.name for file in files])
        return message

    def show_last(self: "Conversation", message: "Message", files: list[str]) -> None:
        """What lists show of the conversation: its last message, or the names of its files. A reply that could not be
        delivered is of a kind of its own there."""
        self.last_message_at = message.created_at
        self.last_message_kind = "failed" if message.delivery_state == "failed" else message.kind
        self.last_message_author = message.author_name[:200]
        self.last_message_text = _own_words(message.text)[:160] or ", ".join(files)[:160]

    def show_latest(self: "Conversation") -> None:
        """The same, where a message was taken away: of the last that is left, if there is one."""
        left = self.messages.exclude(event=None).select_related("author__user")
        if last := left.order_by("-created_at", "-id").first():
            last.conversation = self
            self.show_last(last, [file.name for file in last.files.all()])
        else:
            self.last_message_at = self.opened_at
            self.last_message_kind = self.last_message_author = self.last_message_text = ""


def _own_words(text: str) -> str:
    """On one line, without the quoted lines that are answered in between; with them where there is nothing else."""
    own = " ".join(line for line in text.split("\n") if not line.startswith(">"))
    return " ".join((own.strip() or text).split())
