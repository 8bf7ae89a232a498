from django.db import models
from django.db.models import F, Q

from accounts.models.tenant import TenantModel


class WorkingHours(TenantModel):
    """A stretch of work on a weekday (0 is Monday), in the member's zone; breaks are what lies between stretches.

    Without a member it is the organization's, which holds for whoever has none of their own.
    """

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="working_hours"
    )
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="working_hours_end_after_they_begin"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="working_hours_on_a_weekday"),
        ]
        indexes = [models.Index(fields=["organization", "member"], name="working_hours_of_member")]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.begins:%H:%M}–{self.ends:%H:%M}"


class Holiday(TenantModel):
    """A day without work: of one member, or of the whole organization."""

    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="holidays"
    )
    day = models.DateField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "member", "day"], name="holiday_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return str(self.day)
