from django.db import models

from accounts.models.tenant import TenantModel


def without_tag(address: str) -> str:
    """The mailbox itself, of which this may be a sub-address (anna+jobs@…)."""
    local, at, domain = address.strip().lower().rpartition("@")
    return local.partition("+")[0] + at + domain


class PersonEmail(TenantModel):
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="emails")
    address = models.EmailField()
    is_primary = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "address"], name="person_email_once"),
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=models.Q(is_primary=True),
                name="person_primary_email",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    def save(self, *args, **kwargs) -> None:
        self.address = self.address.strip().lower()
        super().save(*args, **kwargs)


class PersonPhone(TenantModel):
    """A phone number in E.164 form (+420601234567)."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "person", "number"], name="person_phone_once")]
        indexes = [models.Index(fields=["organization", "number"], name="person_by_phone")]

    def __str__(self) -> str:
        return self.number


class ChatIdentity(TenantModel):
    """Who the person is on a chat channel: a WhatsApp number, a Telegram or Messenger id."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="chat_identities")
    channel = models.CharField(max_length=12)
    identifier = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "chat identities"
        constraints = [
            models.UniqueConstraint(fields=["organization", "channel", "identifier"], name="chat_identity_once")
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.identifier}"
