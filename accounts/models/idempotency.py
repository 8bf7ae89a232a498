from django.db import models

from accounts.models.tenant import TenantModel


class IdempotencyKey(TenantModel):
    """The first answer to a POST with an Idempotency-Key, given again for 24 hours."""

    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
