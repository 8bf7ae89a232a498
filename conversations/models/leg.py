from django.db import models

from accounts.models.tenant import AddressedModel


class Leg(AddressedModel):
    """A stretch of work on a conversation under one owner at a time, from its start to its delivery."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="legs")
    number = models.PositiveSmallIntegerField()
    owner = models.ForeignKey("accounts.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="legs")
    started_at = models.DateTimeField()
    first_answer_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["organization", "conversation", "number"], name="leg_number")]

    def __str__(self) -> str:
        return f"{self.conversation_id}, leg {self.number}"
