from django.db import models

from accounts.identifiers import new_id
from accounts.models.tenant import AddressedModel, TenantModel


class ScheduledReply(AddressedModel):
    """What a member wrote to be said at a later time. It becomes a message when it leaves; until then it can change.

    `seen_number` is the last event its author had seen. `refusal` says why it didn't leave when its time had come.
    """

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="scheduled")
    author = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="scheduled_replies")
    text = models.TextField(blank=True)
    client_id = models.UUIDField(default=new_id)
    seen_number = models.PositiveIntegerField()
    send_at = models.DateTimeField()
    refusal = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["send_at"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "conversation", "client_id"], name="scheduled_reply_once")
        ]
        indexes = [
            models.Index(
                fields=["organization", "send_at"], condition=models.Q(refusal=""), name="scheduled_reply_due"
            ),
            models.Index(fields=["organization", "author", "send_at"], name="scheduled_reply_of_author"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ScheduledFile(TenantModel):
    """A file that will go with it."""

    reply = models.ForeignKey(ScheduledReply, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    size = models.PositiveIntegerField()
    content = models.ForeignKey("conversations.FileContent", on_delete=models.PROTECT)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
