"""Who works on a conversation, and how far it is: owner, legs, snooze, rejection, reading."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.identifiers import new_id
from conversations import refusals

if TYPE_CHECKING:
    from accounts.models import Member
    from campaigns.models import Application
    from conversations.models import Conversation, Event, Leg


def said_of_assignment(member: "Member | None", *, previous: "Member | None", because: str) -> dict[str, str]:
    """What the thread's line about a new owner says."""
    return {
        "because": because,
        "to": member.name if member else "",
        "from": previous.name if previous else "",
        "from_id": previous.pk.hex if previous else "",
    }


class Working:
    @classmethod
    def open_for(
        cls: "type[Conversation]", person: Any, application: "Application | None", *, at: datetime
    ) -> "Conversation":
        """Opens the conversation about an application, with its first leg."""
        from conversations.models import Leg

        leg_id = new_id()  # each points to the other; PostgreSQL checks at the commit
        conversation = cls.objects.create(
            person=person,
            application=application,
            campaign=application.campaign if application else None,
            leg_id=leg_id,
            opened_at=at,
            last_message_at=at,
            waiting_since=at,
        )
        conversation.leg = Leg.objects.create(id=leg_id, conversation=conversation, number=1, started_at=at)
        return conversation

    def assign_to(
        self: "Conversation",
        member: "Member | None",
        *,
        because: str,
        by: "Member | None" = None,
        at: datetime | None = None,
    ) -> "Event":
        """Makes the member the owner (None: nobody). The decision and its ledger are `assignment`'s."""
        from conversations.models import Event, Leg

        at = at or timezone.now()
        with self.changing():
            previous, self.owner = self.owner, member
            Leg.objects.filter(pk=self.leg_id).update(owner=member)
            self._state.fields_cache.pop("leg", None)  # read afresh by whoever asks
            data = said_of_assignment(member, previous=previous, because=because)
            return Event.record(self, Event.Kind.ASSIGNED, at=at, member=by, data=data)

    def end_leg(self: "Conversation", *, by: "Member", data: dict[str, Any], at: datetime) -> None:
        """Ends the leg and the conversation; only a delivery does this. Raises Ended when somebody was faster."""
        from conversations.models import Event, Leg

        with self.changing():
            if not self.is_open:
                raise refusals.Ended
            Leg.objects.filter(pk=self.leg_id).update(ended_at=at)
            self.state, self.ended_at = self.State.ENDED, at
            self.waiting_since = self.snoozed_until = None
            Event.record(self, Event.Kind.DELIVERED, at=at, member=by, data=data)

    def take_up(self: "Conversation", *, by: "Member", at: datetime | None = None) -> "Leg":
        """Starts the next leg with this member as owner; an open conversation's leg is kept."""
        at = at or timezone.now()
        with self.changing():
            if not self.is_open:
                self._start_leg(at, owner=by, by=by)
            return self.leg

    def _start_leg(self: "Conversation", at: datetime, *, owner: "Member | None", by: "Member | None" = None) -> None:
        from conversations.models import Event, Leg

        number = self.leg.number + 1
        self.leg = Leg.objects.create(conversation=self, number=number, owner=owner, started_at=at)
        self.state, self.ended_at, self.owner = self.State.OPEN, None, owner
        Event.record(self, Event.Kind.LEG_STARTED, at=at, member=by, data={"leg": number})

    def nudge(self: "Conversation", *, now: datetime) -> None:
        """Says that it has gone on for long without a delivery, unless it has one meanwhile."""
        from conversations.models import Event

        with self.changing():
            if self.is_open and self.owner:
                data = {"days": (now - self.leg.started_at).days, "to": self.owner.name}
                Event.record(self, Event.Kind.UNDELIVERED, at=now, data=data)

    def snooze(self: "Conversation", until: datetime, *, by: "Member") -> None:
        """Puts it out of sight until a time, or until the person writes."""
        from conversations.models import Event

        with self.changing():
            if not self.is_open:
                raise refusals.Ended
            self.snoozed_until = until
            Event.record(self, Event.Kind.SNOOZED, at=timezone.now(), member=by, data={"until": until.isoformat()})

    def wake(self: "Conversation", *, by: "Member | None" = None) -> None:
        from conversations.models import Event

        with self.changing():
            if self.snoozed_until is not None:
                self.snoozed_until = None
                Event.record(self, Event.Kind.WOKEN, at=timezone.now(), member=by)

    def wake_in_time(self: "Conversation", now: datetime) -> None:
        """Wakes it unless somebody woke it, or snoozed it again, meanwhile."""
        with self.changing():
            if self.snoozed_until and self.snoozed_until <= now:
                self.wake()

    def reject(self: "Conversation", *, by: "Member", at: datetime | None = None) -> None:
        """The candidate can't write any more; members can."""
        from conversations.models import Event

        with self.changing():
            if self.is_rejected:
                return
            self.is_rejected = True
            data = {"stage": self.application.stage if self.application else ""}
            if self.application:
                self.application.move_to("rejected")
            Event.record(self, Event.Kind.REJECTED, at=at or timezone.now(), member=by, data=data)

    def undo_rejection(self: "Conversation", *, by: "Member", at: datetime | None = None) -> None:
        """The candidate can write again; the application is at the stage it was at before."""
        from conversations.models import Event

        with self.changing():
            if not self.is_rejected:
                return
            self.is_rejected = False
            rejected = self.events.filter(kind=Event.Kind.REJECTED).order_by("-number").first()
            if self.application and self.application.stage == "rejected":
                self.application.move_to((rejected and rejected.data.get("stage")) or "in_conversation")
            Event.record(self, Event.Kind.REJECTION_UNDONE, at=at or timezone.now(), member=by)

    def mark_read(self: "Conversation", *, by: "Member", number: int | None = None) -> None:
        """Remembers that the member has read up to an event; never backwards."""
        from conversations.models import Reading

        number = self.last_number if number is None else min(number, self.last_number)
        reading, is_new = Reading.objects.get_or_create(member=by, conversation=self, defaults={"number": number})
        if not is_new and reading.number < number:
            Reading.objects.filter(pk=reading.pk, number__lt=number).update(number=number)
