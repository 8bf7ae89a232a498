from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


class Source(AddressedModel):
    """Where an application came from: a job board, an advert, a referral."""

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organization", "slug"], name="source_slug")]

    def __str__(self) -> str:
        return self.name


class Application(AddressedModel):
    """One person's application to one campaign."""

    class Stage(models.TextChoices):
        NEW = "new", _("New")
        IN_CONVERSATION = "in_conversation", _("In conversation")
        DELIVERED = "delivered", _("Delivered")
        HIRED = "hired", _("Hired")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="applications")
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="applications")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.NEW)
    applied_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "person", "campaign"], name="application_once")]
        indexes = [
            models.Index(fields=["organization", "source", "applied_at"], name="application_by_source"),
            models.Index(fields=["organization", "campaign", "-applied_at"], name="application_by_campaign"),
            models.Index(fields=["organization", "-applied_at", "-id"], name="application_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.campaign}"

    def move_to(self, stage: str) -> None:
        self.stage = stage
        self.save(update_fields=["stage"])
