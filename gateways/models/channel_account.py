from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel
from conversations.models import Channel


class Provider(models.TextChoices):
    """By what an address sends; nothing chosen means the installation's own way."""

    SMTP = "smtp", "SMTP"
    AMAZON_SES = "amazon_ses", "Amazon SES"
    BREVO = "brevo", "Brevo"
    MAILERSEND = "mailersend", "MailerSend"
    MAILGUN = "mailgun", "Mailgun"
    MAILJET = "mailjet", "Mailjet"
    MAILTRAP = "mailtrap", "Mailtrap"
    MANDRILL = "mandrill", "Mandrill"
    POSTMARK = "postmark", "Postmark"
    RESEND = "resend", "Resend"
    SENDGRID = "sendgrid", "SendGrid"
    SPARKPOST = "sparkpost", "SparkPost"


class ChannelAccount(AddressedModel):
    """One connected mailbox, number or bot; new people who write to it apply to its campaign."""

    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.EMAIL)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=320, help_text=_("The mail address, number or bot name."))
    workspace = models.ForeignKey("accounts.Workspace", on_delete=models.PROTECT, related_name="channel_accounts")
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="channel_accounts",
    )
    trusted_server = models.CharField(
        max_length=255,
        blank=True,
        help_text=_(
            "The name by which this mailbox’s server signs its Authentication-Results, such as mx.google.com; of"
            " Microsoft 365, which gives none, mx.microsoft.com."
        ),
    )
    from_name = models.CharField(
        _("name in From"),
        max_length=120,
        blank=True,
        help_text=_("What candidates see; {member} and {organization} are filled in."),
    )
    provider = models.CharField(
        _("sends by"), max_length=20, choices=Provider.choices, blank=True, help_text=_("What this address sends by.")
    )
    server = models.CharField(
        max_length=255,
        blank=True,
        help_text=_("SMTP: host and port, as smtp.example.com:587. Mailgun: the domain. Amazon SES: the region."),
    )
    username = models.CharField(max_length=255, blank=True)
    sealed_secret = models.TextField(blank=True, editable=False)
    sealed_webhook_key = models.TextField(blank=True, editable=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "channel", "address"], name="channel_account_once"),
            # Across organizations, for the door: what comes to an address belongs to one organization.
            models.UniqueConstraint(
                fields=["channel", "address"], condition=models.Q(is_active=True), name="channel_account_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()

    def clean(self) -> None:
        self.address = self.address.strip().lower()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.clean()
        super().save(*args, **kwargs)
