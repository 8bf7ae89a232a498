from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel, TenantModel
from accounts.sealing import seal, unseal


def yesterday() -> date:
    return timezone.now().date() - timedelta(days=1)


class Mailbox(AddressedModel):
    """The mailbox behind a channel account's address, looked into by IMAP. Its password is sealed.

    `claimed_by` is the process that watches it, until `claimed_until`; `problem` is why it can't be read now.
    """

    class Encryption(models.TextChoices):
        TLS = "tls", "TLS"
        STARTTLS = "starttls", "STARTTLS"
        NONE = "none", _("none, for a server on the same machine")

    account = models.OneToOneField(
        "gateways.ChannelAccount", verbose_name=_("account"), on_delete=models.CASCADE, related_name="mailbox"
    )
    host = models.CharField(_("IMAP server"), max_length=255)
    port = models.PositiveIntegerField(default=993)
    encryption = models.CharField(max_length=8, choices=Encryption.choices, default=Encryption.TLS)
    username = models.CharField(_("username"), max_length=255)
    sealed_password = models.TextField(editable=False, blank=True)
    folder = models.CharField(max_length=255, default="INBOX")
    since = models.DateField(
        _("takes in mails since"), default=yesterday, help_text=_("What is older is left where it is.")
    )
    is_active = models.BooleanField(default=True)
    uid_validity = models.BigIntegerField(null=True, editable=False)
    last_uid = models.BigIntegerField(default=0, editable=False)
    looked_at = models.DateTimeField(_("last looked into"), null=True, editable=False)
    problem = models.CharField(_("problem"), max_length=300, blank=True, editable=False)
    claimed_by = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")

    def __str__(self) -> str:
        return f"{self.username}, {self.host}"

    @property
    def is_safe(self) -> bool:
        """Whether a password may go there: in the open it goes to this machine alone, and so never in production."""
        return self.encryption != self.Encryption.NONE or not settings.PRODUCTION

    @property
    def password(self) -> str:
        return unseal(self.sealed_password)

    @password.setter
    def password(self, password: str) -> None:
        self.sealed_password = seal(password)


class Taken(TenantModel):
    """A mail that was taken out of a mailbox, remembered though everything that came of it may be deleted since."""

    mailbox = models.ForeignKey(Mailbox, on_delete=models.CASCADE, related_name="taken")
    uid_validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    key = models.CharField(max_length=80)
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "mailbox", "uid_validity", "uid"], name="taken_once")
        ]
        indexes = [models.Index(fields=["organization", "key"], name="taken_by_key")]

    def __str__(self) -> str:
        return f"{self.uid_validity}/{self.uid}"
