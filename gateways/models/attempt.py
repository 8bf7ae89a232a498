from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel
from conversations.models import Channel, DeliveryState


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def due(self, now: datetime, *, lease: timedelta) -> "AttemptQuerySet":
        """Queued and claimed by nobody, or by a worker whose lease has run out; oldest first."""
        free = Q(claimed_at=None) | Q(claimed_at__lt=now - lease)
        return self.filter(free, state=DeliveryState.QUEUED, due_at__lte=now).order_by("due_at")

    def claimed_as(self, attempt: "Attempt") -> "AttemptQuerySet":
        """The attempt, unless its claim has passed to somebody else or something was heard of it."""
        return self.filter(pk=attempt.pk, state=attempt.state, claimed_at=attempt.claimed_at)

    def may_fail(self) -> "AttemptQuerySet":
        """A worker has taken them up, so that a server may have them even while they are queued; none has failed."""
        return self.filter(tries__gt=0).exclude(state=DeliveryState.FAILED)

    def may_be_opened(self) -> "AttemptQuerySet":
        """They have left, or a worker is handing them over; what waits to be sent is nobody's yet, and is to go."""
        left = Q(state__in=[DeliveryState.SENT, DeliveryState.DELIVERED])
        handed_over = Q(state=DeliveryState.QUEUED, claimed_at__isnull=False)
        return self.filter(left | handed_over, opened_at=None)

    def sent_by(self, account_id: UUID | None) -> "AttemptQuerySet":
        """What went by this account's own provider; None: by the installation's."""
        return self.filter(account=account_id)

    def with_message(self) -> "AttemptQuerySet":
        """And all that its mail and its line of the thread are made of."""
        return self.select_related(
            "message__author__user", "message__event", "message__conversation__organization",
            "message__conversation__person", "message__conversation__campaign", "message__conversation__application",
        )  # fmt: skip


class Attempt(AddressedModel):
    """One try at bringing an outbound message to the person. Queued rows are the outbox.

    `account` is the channel account by whose own provider it went; none, where the installation's took it. `subject` is
    that of the mail, once it has left.
    """

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.EMAIL)
    state = models.CharField(max_length=12, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    address = models.CharField(max_length=320, blank=True)
    account = models.ForeignKey(
        "gateways.ChannelAccount", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    provider_id = models.CharField(max_length=255, blank=True)
    subject = models.CharField(max_length=500, blank=True)
    answer = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(_("due at"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "message"],
                condition=models.Q(state="queued"),
                name="one_queued_attempt",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "due_at"], condition=models.Q(state="queued"), name="attempt_due"),
            models.Index(fields=["organization", "provider_id"], name="attempt_by_provider_id"),
            # Across organizations, for the door: a provider's report names nothing but its own id.
            models.Index(fields=["provider_id"], condition=~models.Q(provider_id=""), name="attempt_reported"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} to {self.address}: {self.state}"
