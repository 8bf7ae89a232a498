from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


class Because(models.TextChoices):
    """Why somebody became responsible."""

    ROTATION = "rotation", _("rotation")
    BY_HAND = "by_hand", _("by hand")
    TAKEN = "taken", _("taken")
    ROUTING_RULE = "routing_rule", _("routing rule")
    DELIVERY = "delivery", _("delivery")
    RETURNED = "returned", _("came back")
    UNANSWERED = "unanswered", _("not answered in time")


class Absence(models.TextChoices):
    """Why a member was passed over."""

    AWAY = "away", _("away")
    OFFLINE = "offline", _("offline")
    OFF_HOURS = "off_hours", _("outside working hours")
    AT_LIMIT = "at_limit", _("at their limit")
    HAD_IT = "had_it", _("had it just now")


class Assignment(AddressedModel):
    """The ledger: who became responsible for a conversation, when, why, and who was passed over."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="assignments")
    leg = models.ForeignKey("conversations.Leg", on_delete=models.CASCADE, related_name="assignments")
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.SET_NULL, null=True, blank=True)
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="assignments"
    )
    because = models.CharField(max_length=16, choices=Because.choices)
    by = models.ForeignKey("accounts.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    passed_over = models.JSONField(default=list, blank=True)
    assigned_at = models.DateTimeField()

    class Meta:
        ordering = ["assigned_at", "id"]
        indexes = [models.Index(fields=["organization", "campaign", "assigned_at"], name="assignment_by_campaign")]

    def __str__(self) -> str:
        return f"{self.member or '—'} ({self.get_because_display()})"

    @property
    def passed_over_words(self) -> list[tuple[str, str]]:
        """The names of those who were passed over, each with the reason."""
        reasons = dict(Absence.choices)
        return [(passed["name"], str(reasons.get(passed["why"], passed["why"]))) for passed in self.passed_over]
