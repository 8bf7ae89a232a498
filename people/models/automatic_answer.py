from datetime import datetime, timedelta

from django.db import models

from accounts.models.tenant import TenantModel
from people.models.address import without_tag

ONE_IN = timedelta(days=1)


class AutomaticAnswer(TenantModel):
    """An address that got an automatic answer, kept for the day in which it gets no other, whatever writes them: where
    a machine reads them, two machines would go on for ever (RFC 3834, 2)."""

    address = models.CharField(max_length=320)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "address"], name="automatic_answer_once")]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def may_go_to(cls, address: str, *, at: datetime) -> bool:
        """True once a day for an address and its sub-addresses, of however many who ask at once; and again for what has
        asked before, which has the same `at`."""
        outlived = cls.objects.filter(answered_at__lte=at - ONE_IN).select_for_update(skip_locked=True)
        cls.objects.filter(pk__in=outlived.values("pk")).delete()
        answer, is_first = cls.objects.get_or_create(address=without_tag(address), defaults={"answered_at": at})
        return is_first or answer.answered_at == at
