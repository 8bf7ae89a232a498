from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


class Promise(AddressedModel):
    """What a waiting candidate was told: an answer by `due_at`. One for each wait, which `waiting_since` names."""

    class Kept(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("kept")
        BROKEN = "broken", _("broken")

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="promises")
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.CASCADE, related_name="+")
    waiting_since = models.DateTimeField()
    promised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    kept = models.CharField(max_length=8, choices=Kept.choices, default=Kept.OPEN)

    class Meta:
        ordering = ["promised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "conversation", "waiting_since"], name="promise_once_a_wait"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "due_at"], condition=models.Q(kept="open"), name="promise_open"),
            models.Index(fields=["organization", "campaign", "promised_at"], name="promise_by_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.due_at} ({self.kept})"

    def settle(self, answered_at: datetime) -> None:
        """An answer has come: the promise was kept, or it was too late."""
        self.answered_at = answered_at
        self.kept = self.Kept.KEPT if answered_at <= self.due_at else self.Kept.BROKEN
        self.save(update_fields=["answered_at", "kept"])
