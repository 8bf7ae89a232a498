from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel, TenantModel
from conversations.models import Channel


class RoutingRule(AddressedModel):
    """What is done with a conversation that meets all of the rule's conditions; an empty condition is met by all.

    Rules are gone through in order, each once for a conversation; after one that isn't `goes_on` no other is asked.
    """

    class Hours(models.TextChoices):
        WITHIN = "within", _("within working hours")
        OUTSIDE = "outside", _("outside working hours")

    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0, help_text=_("The smallest is asked first."))
    is_active = models.BooleanField(default=True)
    goes_on = models.BooleanField(
        _("ask the rules after it too"), default=False, help_text=_("Otherwise the first rule that fits is the last.")
    )
    only_new = models.BooleanField(_("only the first message of a conversation"), default=True)

    channel = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    account = models.CharField(
        _("came to the address"), max_length=320, blank=True, help_text=_("The mailbox, number or bot it was sent to.")
    )
    in_campaign = models.ForeignKey(
        "campaigns.Campaign", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    words = models.CharField(
        max_length=300,
        blank=True,
        help_text=_("Any of these, with commas between them; accents and case don’t matter."),
    )
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, blank=True)
    source = models.ForeignKey("campaigns.Source", on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    hours = models.CharField(max_length=8, choices=Hours.choices, blank=True)

    set_campaign = models.ForeignKey(
        "campaigns.Campaign",
        verbose_name=_("campaign"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    set_team = models.ForeignKey(
        "accounts.Team",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The team sees the conversation, whatever its campaign."),
    )
    set_tag = models.ForeignKey("people.Tag", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    set_owner = models.ForeignKey(
        "accounts.Member",
        verbose_name=_("member"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    answer = models.TextField(
        _("automatic answer"), blank=True, max_length=4000, help_text=_("{first_name} and {campaign} are filled in.")
    )

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        indexes = [models.Index(fields=["organization", "is_active", "position"], name="routing_rule_in_order")]

    def __str__(self) -> str:
        return self.name


class RuleUse(TenantModel):
    """A rule was applied to a conversation: never again, however often it would fit."""

    rule = models.ForeignKey(RoutingRule, on_delete=models.CASCADE, related_name="uses")
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "conversation", "rule"], name="rule_used_once")]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.conversation_id}"
