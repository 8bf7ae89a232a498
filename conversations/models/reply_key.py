from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts import secret_links
from accounts.models.tenant import TenantModel

LIFETIME = timedelta(days=365)
RENEWED_EACH = timedelta(days=30)


class ReplyKey(TenantModel):
    """The secret behind a reply link or a reply address: one conversation, one participant, one use.

    A link lets the candidate read and write on their page. An address lets its participant append by mail, never read;
    one for staff any member with access who writes to it from their own address. It is good until a year after it was
    given out last.
    """

    class Use(models.TextChoices):
        LINK = "link"
        ADDRESS = "address"
        STAFF = "staff"

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="reply_keys")
    use = models.CharField(max_length=8, choices=Use.choices)
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="reply_keys"
    )
    nonce = models.CharField(max_length=32, default=secret_links.new_nonce)
    token_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="reply_key_hash"),
            models.UniqueConstraint(
                fields=["organization", "conversation", "use", "member"],
                condition=models.Q(revoked_at=None),
                nulls_distinct=False,
                name="reply_key_of_participant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.use} of {self.conversation_id}"

    @classmethod
    def of(cls, conversation: Any, use: str, member: Any = None) -> "ReplyKey":
        """The participant's good key for this use, to be given out now. `member` None means the candidate."""
        nonce = secret_links.new_nonce()
        made = {
            "nonce": nonce,
            "token_hash": secret_links.hash_of(secret_links.token_of(nonce)),
            "expires_at": timezone.now() + LIFETIME,
        }
        key, _ = cls.objects.get_or_create(
            conversation=conversation, use=use, member=member, revoked_at=None, defaults=made
        )
        if not key.token:
            key.revoke()
            return cls.of(conversation, use, member)
        key.renew()
        return key

    @classmethod
    def good(cls, token: str, *uses: str) -> "models.QuerySet[ReplyKey]":
        return cls.objects.filter(cls.is_good([token], *uses))

    @staticmethod
    def is_good(tokens: Iterable[str], *uses: str) -> models.Q:
        """One of these secrets, for one of these uses, neither revoked nor expired."""
        hashes = [secret_links.hash_of(token) for token in tokens]
        return models.Q(token_hash__in=hashes, use__in=uses, revoked_at=None, expires_at__gt=timezone.now())

    @cached_property
    def token(self) -> str:
        """Empty when it was made under a SECRET_KEY that isn't known any more, and nobody can say it again."""
        return secret_links.told(self.nonce, self.token_hash)

    @property
    def url(self) -> str:
        """The address of the candidate's own page."""
        return settings.SITE_URL + reverse("candidate_page", args=[self.token])

    @property
    def address(self) -> str:
        """The secret mail address that comes in to this conversation."""
        return f"reply+{self.token}@{settings.MAIL_DOMAIN}"

    def renew(self) -> None:
        """Its year begins anew; written once a month, not with each mail."""
        now = timezone.now()
        if self.expires_at < now + LIFETIME - RENEWED_EACH:
            self.expires_at = now + LIFETIME
            self.save(update_fields=["expires_at"])

    def revoke(self) -> None:
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
