from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel
from delivery.queries import DeliveryQuerySet, RecipientQuerySet


class Delivery(AddressedModel):
    """The recorded end of one leg of a conversation. A withdrawn one is kept, shown as such, and counts no more."""

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="deliveries")
    leg = models.OneToOneField("conversations.Leg", on_delete=models.CASCADE, related_name="delivery")
    application = models.ForeignKey(
        "campaigns.Application", on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    status = models.ForeignKey("delivery.Status", on_delete=models.PROTECT, related_name="deliveries")
    reason = models.ForeignKey("delivery.Reason", on_delete=models.PROTECT, null=True, blank=True)
    explanation = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    rating = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    author = models.ForeignKey("accounts.Member", on_delete=models.PROTECT, related_name="deliveries")
    delivered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("deliveries")
        indexes = [models.Index(fields=["organization", "-delivered_at"], name="delivery_by_time")]

    def __str__(self) -> str:
        return f"{self.conversation}: {self.status}"

    @property
    def answer_label(self) -> str:
        """What `DeliveryQuerySet.with_answer_of` found, in words."""
        return str(Recipient.Answer(self.answer).label)  # type: ignore[attr-defined]


class Recipient(AddressedModel):
    """A member (guests are members too) or a team that a conversation was delivered to."""

    class Answer(models.TextChoices):
        NONE = "", _("no answer yet")
        ACCEPTED = "accepted", _("accepted")
        NOT_A_FIT = "not_a_fit", _("not a fit")
        ASKED_BACK = "asked_back", _("asked back")

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="recipients")
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="received"
    )
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="received")
    grant = models.OneToOneField(
        "conversations.Grant", on_delete=models.SET_NULL, null=True, blank=True, related_name="recipient"
    )
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    answer_text = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        "accounts.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member=None, team__isnull=False) | models.Q(member__isnull=False, team=None),
                name="recipient_is_member_or_team",
            ),
            models.UniqueConstraint(
                fields=["organization", "delivery", "member", "team"],
                nulls_distinct=False,
                name="recipient_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or self.team)
