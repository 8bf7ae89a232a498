"""What is particular to one member and one conversation."""

from django.db import models
from django.db.models.functions import Now

from accounts.models.tenant import TenantModel


class Reading(TenantModel):
    """Up to which event a member has read a conversation."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="readings")
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "member", "conversation"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.member_id} read {self.conversation_id} to {self.number}"


class Draft(TenantModel):
    """What a member has typed and not sent; follows them to another device."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="+", db_index=False)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField()
    is_note = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "member", "conversation"], name="draft_once")]

    def __str__(self) -> str:
        return self.text[:80]


class Mention(TenantModel):
    """A member named with @ in a note."""

    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="mentions")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="mentions")
    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="mentions")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "member", "message"], name="mention_once")]
        indexes = [models.Index(fields=["organization", "member", "-created_at"], name="mentions_of_member")]

    def __str__(self) -> str:
        return f"@{self.member}"


class Grant(TenantModel):
    """Lets a member or a team see one conversation beyond their campaigns, to the end of a leg for a guest.

    A delivery gives it; withdrawing the delivery takes it back.
    """

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="grants")
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="grants"
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="grants")
    until_number = models.PositiveIntegerField(null=True, blank=True)
    granted_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member=None, team__isnull=False) | models.Q(member__isnull=False, team=None),
                name="grant_to_member_or_team",
            )
        ]
        indexes = [
            models.Index(fields=["organization", "member", "conversation"], name="grant_of_member"),
            models.Index(fields=["organization", "team", "conversation"], name="grant_of_team"),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.team}: {self.conversation_id}"
