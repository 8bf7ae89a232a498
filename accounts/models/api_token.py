import secrets

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel
from accounts.secret_links import hash_of


class Scope(models.TextChoices):
    READ = "read", _("Read")
    WRITE = "write", _("Write")
    ADMIN = "admin", _("Admin")


class ApiToken(AddressedModel):
    """Lets a program in: one organization, some scopes. The secret is shown once and stored hashed."""

    name = models.CharField(max_length=120)
    token_hash = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=8, choices=Scope.choices), default=list)
    created_by = models.ForeignKey("accounts.Member", on_delete=models.SET_NULL, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        constraints = [models.UniqueConstraint(fields=["token_hash"], name="api_token_hash")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, name: str, scopes: list[str], created_by: models.Model | None = None) -> tuple["ApiToken", str]:
        """Makes a token and returns it with its secret, which can't be had again."""
        secret = f"rc_{secrets.token_urlsafe(32)}"
        made = cls.objects.create(name=name, scopes=scopes, created_by=created_by, token_hash=hash_of(secret))
        return made, secret

    def revoke(self) -> None:
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
