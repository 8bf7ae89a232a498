from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel
from conversations.signals import announce, is_quiet

if TYPE_CHECKING:
    from conversations.models.conversation import Conversation


class Event(AddressedModel):
    """A line of the thread: a message, or what the system wrote. Numbered without gaps in the order of commits."""

    class Kind(models.TextChoices):
        APPLIED = "applied", _("applied")
        MESSAGE_RECEIVED = "message_received", _("message received")
        REPLIED = "replied", _("replied")
        NOTE_WRITTEN = "note_written", _("note written")
        ASSIGNED = "assigned", _("assigned")
        DELIVERED = "delivered", _("delivered")
        DELIVERY_ANSWERED = "delivery_answered", _("delivery answered")
        DELIVERY_WITHDRAWN = "delivery_withdrawn", _("delivery withdrawn")
        UNDELIVERED = "undelivered", _("not delivered for long")
        LEG_STARTED = "leg_started", _("taken up again")
        SNOOZED = "snoozed", _("snoozed")
        WOKEN = "woken", _("back from snooze")
        REJECTED = "rejected", _("rejected")
        REJECTION_UNDONE = "rejection_undone", _("rejection taken back")
        LINK_OPENED = "link_opened", _("reply link opened")
        MAIL_FAILED = "mail_failed", _("mail failed")
        APPOINTMENT = "appointment", _("appointment")
        MAIL_HELD = "mail_held", _("mail held back")
        MAIL_REFUSED = "mail_refused", _("mail not sent")
        AUTOMATIC_MAIL = "automatic_mail", _("automatic mail")
        MESSAGE_MOVED = "message_moved", _("message moved")
        MESSAGE_DISCARDED = "message_discarded", _("message discarded")
        SENDER_KNOWN = "sender_known", _("sender known")
        MAIL_OPENED = "mail_opened", _("mail opened")
        TAKEN_BACK = "taken_back", _("taken back")
        REPLY_HELD = "reply_held", _("planned reply not sent")
        STOPPED = "stopped", _("asked not to be written to")
        ROUTED = "routed", _("routed")
        STARTED = "started", _("may be written to again")

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="events", db_index=False
    )
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    message = models.OneToOneField(
        "conversations.Message", on_delete=models.CASCADE, null=True, blank=True, related_name="event"
    )
    member = models.ForeignKey("accounts.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    data = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    reacted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["organization", "conversation", "number"], name="event_number")]
        indexes = [
            models.Index(fields=["conversation", "-number"], name="event_of_conversation"),
            models.Index(
                fields=["organization", "created_at"],
                condition=models.Q(reacted_at=None),
                name="event_without_reaction",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def record(cls, conversation: "Conversation", kind: str, *, at: Any, **facts: Any) -> Self:
        """Writes the next line of the thread; the caller holds the conversation's lock (`Conversation.changing`)."""
        event = cls.next(conversation, kind, at=at, **facts)
        cls.record_all([event])
        return event

    @classmethod
    def next(cls, conversation: "Conversation", kind: str, *, at: Any, **facts: Any) -> Self:
        """The next line of the thread, to be written with others by `record_all`."""
        conversation.last_number += 1
        return cls(
            conversation=conversation,
            number=conversation.last_number,
            kind=kind,
            created_at=at,
            reacted_at=at if is_quiet() else None,
            **facts,
        )

    @classmethod
    def record_all(cls, events: list[Self]) -> None:
        cls.objects.bulk_create(events)
        for event in events:
            announce(event)
