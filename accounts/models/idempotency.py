from datetime import datetime, timedelta

from django.db import models

from accounts.models.tenant import TenantModel

KEPT_FOR = timedelta(hours=24)


class IdempotencyKeyQuerySet(models.QuerySet["IdempotencyKey"]):
    def outlived(self, now: datetime) -> "IdempotencyKeyQuerySet":
        return self.filter(created_at__lt=now - KEPT_FOR)


class IdempotencyKey(TenantModel):
    """The first answer to a POST with an Idempotency-Key, given again for 24 hours."""

    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IdempotencyKeyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return self.key
