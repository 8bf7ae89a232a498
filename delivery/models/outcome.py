from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel, TenantModel


class Basis(models.TextChoices):
    """The six outcomes every status is one of; it says which fields are asked for."""

    QUALIFIED = "qualified", _("Qualified")
    NOT_QUALIFIED = "not_qualified", _("Not qualified")
    NOT_INTERESTED = "not_interested", _("Not interested")
    REVIEW = "review", _("Review")
    SPAM = "spam", _("Spam")
    OTHER = "other", _("Other")


class Status(AddressedModel):
    """How a conversation can end in this organization; its own ones are each built on one of the six."""

    slug = models.SlugField()
    name = models.CharField(max_length=60)
    basis = models.CharField(max_length=16, choices=Basis.choices)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = _("statuses")
        constraints = [models.UniqueConstraint(fields=["organization", "slug"], name="status_slug")]

    def __str__(self) -> str:
        return self.name


class Reason(AddressedModel):
    """Why not: offered for one status. A retired one stays readable in old deliveries."""

    status = models.ForeignKey(Status, on_delete=models.CASCADE, related_name="reasons")
    slug = models.SlugField()
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["organization", "status", "slug"], name="reason_slug")]

    def __str__(self) -> str:
        return self.name


class Procedure(AddressedModel):
    """What a team's deliveries with one status ask of their recipients. Without one, the defaults hold."""

    class Recipients(models.TextChoices):
        NONE = "none", _("none")
        OPTIONAL = "optional", _("optional")
        REQUIRED = "required", _("required")

    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, related_name="procedures")
    status = models.ForeignKey(Status, on_delete=models.CASCADE, related_name="procedures")
    recipients = models.CharField(max_length=10, choices=Recipients.choices, default=Recipients.OPTIONAL)
    free_address = models.BooleanField(_("a free email address may be typed"), default=True)
    guests_may_reply = models.BooleanField(_("guests may write to the candidate"), default=False)
    explanation = models.CharField(max_length=200, blank=True, help_text=_("Shown in the dialog."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "team", "status"], name="procedure_once")]

    def __str__(self) -> str:
        return f"{self.team}: {self.status}"


class Offer(TenantModel):
    """Whom a procedure offers before all others: a member, a team, or an email address."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="offers")
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    team = models.ForeignKey("accounts.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    address = models.EmailField(blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("offered first")
        verbose_name_plural = _("offered first")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, team=None, address="")
                | models.Q(member=None, team__isnull=False, address="")
                | (models.Q(member=None, team=None) & ~models.Q(address="")),
                name="offer_of_one",
                violation_error_message=_("Name one: a member, a team or an address."),
            )
        ]

    def __str__(self) -> str:
        return str(self.member or self.team or self.address)
