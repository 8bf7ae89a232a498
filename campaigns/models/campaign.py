from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.models.tenant import AddressedModel, TenantModel


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def visible_to(self, member: Member) -> "CampaignQuerySet":
        if member.is_guest:
            return self.none()
        if member.sees_everything:
            return self
        return self.filter(pk__in=CampaignAccess.objects.filter(member=member).values("campaign"))


class Campaign(AddressedModel):
    """A vacancy or a client project that people apply to."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class RotateOver(models.TextChoices):
        EVERYONE = "everyone", _("everyone in Auto assign")
        AVAILABLE = "available", _("only who is available")

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.PROTECT, related_name="campaigns")
    team = models.ForeignKey("accounts.Team", on_delete=models.SET_NULL, null=True, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    rotate_over = models.CharField(max_length=12, choices=RotateOver.choices, default=RotateOver.EVERYONE)
    notify_addresses = ArrayField(
        models.EmailField(),
        default=list,
        blank=True,
        verbose_name=_("addresses told of new messages"),
        help_text=_("Several with commas."),
    )
    answer_goal_minutes = models.PositiveIntegerField(_("goal for the first answer, minutes"), default=60)
    says_away = models.BooleanField(
        _("tell candidates when nobody is there"),
        default=True,
        help_text=_("Who waits in the queue is told by when to expect an answer."),
    )
    return_after_minutes = models.PositiveIntegerField(
        _("back to the queue without an answer, minutes"),
        null=True,
        blank=True,
        help_text=_("Empty: a lead stays with its owner."),
    )
    permissions_version = models.PositiveIntegerField(default=0, editable=False)
    members = models.ManyToManyField("accounts.Member", through="campaigns.CampaignAccess", related_name="campaigns")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["organization", "slug"], name="campaign_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def apply_url(self) -> str:
        return settings.SITE_URL + reverse("apply", args=[self.organization.slug, self.slug])

    @property
    def in_turn(self) -> models.QuerySet["CampaignAccess"]:
        """Auto assign in the order of the turn, next first."""
        return self.access.filter(auto_assign=True).select_related("member__user").order_by("turn", "pk")


class CampaignAccess(TenantModel):
    """A member's access to a campaign. Auto assign is a mark on it, so who loses access leaves the rotation.

    `turn` orders the rotation, smallest first; whoever gets a lead goes to the end.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="access")
    member = models.ForeignKey("accounts.Member", on_delete=models.CASCADE, related_name="access")
    auto_assign = models.BooleanField(default=False)
    turn = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("member with access")
        verbose_name_plural = _("members with access")
        constraints = [models.UniqueConstraint(fields=["organization", "campaign", "member"], name="access_once")]
        # None has the turn: it changes with each lead, and without an index of it that leaves no trace in the others.
        indexes = [models.Index(fields=["organization", "member"], name="access_of_member")]

    def __str__(self) -> str:
        return f"{self.member}, {self.campaign}"
