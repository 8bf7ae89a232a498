from django.db import models

from accounts.models.tenant import TenantModel


class Move(TenantModel):
    """A message was put in the wrong conversation and moved: what its sender writes to that one later follows."""

    origin = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="moves")
    destination = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="moves")
    sender = models.CharField(max_length=320)
    member = models.ForeignKey("accounts.Member", on_delete=models.SET_NULL, null=True, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organization", "origin", "sender"], name="move_from")]

    def __str__(self) -> str:
        return f"{self.sender}: {self.origin_id} to {self.destination_id}"
