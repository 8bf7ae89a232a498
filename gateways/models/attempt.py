from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel
from conversations.models import Channel, DeliveryState


class Attempt(AddressedModel):
    """One try at bringing an outbound message to the person. Queued rows are the outbox."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.EMAIL)
    state = models.CharField(max_length=12, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    address = models.CharField(max_length=320, blank=True)
    provider_id = models.CharField(max_length=255, blank=True)
    answer = models.TextField(blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    due_at = models.DateTimeField(_("due at"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)

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
