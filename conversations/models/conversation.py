from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import models

from accounts.models.tenant import AddressedModel
from conversations.changing import Changing
from conversations.models.message import Channel
from conversations.queries import ConversationQuerySet
from conversations.receiving import Receiving
from conversations.speaking import Speaking
from conversations.working import Working

if TYPE_CHECKING:
    from conversations.models.scheduled_reply import ScheduledReply


class Conversation(Speaking, Receiving, Working, Changing, AddressedModel):
    """The thread with one person about an active application, over whichever channels it comes.

    What the person says is in `Receiving`, what we say in `Speaking`, who works on it and how far in `Working`. Every
    change goes through `changing()`, one writer at a time, so that the events' numbers follow the commits.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ENDED = "ended"

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="conversations")
    application = models.ForeignKey(
        "campaigns.Application", on_delete=models.PROTECT, null=True, blank=True, related_name="conversations"
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
    )
    owner = models.ForeignKey(
        "accounts.Member",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="leads",
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.EMAIL)
    leg = models.ForeignKey("conversations.Leg", on_delete=models.CASCADE, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)
    last_message_at = models.DateTimeField()
    last_message_kind = models.CharField(max_length=8, blank=True)
    last_message_author = models.CharField(max_length=200, blank=True)
    last_message_text = models.CharField(max_length=160, blank=True)
    last_outbound_at = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0)
    last_inbound_number = models.PositiveIntegerField(default=0)
    is_rejected = models.BooleanField(default=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organization", "state", "-last_message_at", "-id"], name="inbox_newest"),
            models.Index(fields=["organization", "owner", "state", "-last_message_at", "-id"], name="inbox_of_owner"),
            models.Index(
                fields=["organization", "campaign", "state", "-last_message_at", "-id"],
                name="inbox_of_campaign",
            ),
            models.Index(
                fields=["organization", "owner", "waiting_since", "id"],
                condition=models.Q(state="open"),
                name="inbox_waiting_longest",
            ),
            models.Index(
                fields=["organization", "waiting_since", "id"],
                condition=models.Q(state="open", waiting_since__isnull=False),
                name="everyone_waiting_longest",
            ),
            models.Index(
                fields=["organization", "campaign", "opened_at", "id"],
                condition=models.Q(state="open", owner=None),
                name="unassigned_in_order",
            ),
            models.Index(
                fields=["organization", "campaign"],
                condition=models.Q(state="open", last_outbound_at__isnull=False),
                name="undelivered_in_campaign",
            ),
            models.Index(
                fields=["organization", "snoozed_until"],
                condition=models.Q(snoozed_until__isnull=False),
                name="snoozed_to_wake",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def person_zone(self) -> ZoneInfo:
        """The person's own, or the organization's."""
        return ZoneInfo(self.person.time_zone or self.organization.time_zone)

    @property
    def scheduled_replies(self) -> "models.QuerySet[ScheduledReply]":
        """What members have planned to say, with what their cards show."""
        planned = self.scheduled.select_related("author__user").prefetch_related("files")
        return planned if getattr(self, "has_planned", True) else planned.none()
