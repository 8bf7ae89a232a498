from django.db import models

from accounts.models.tenant import TenantModel


class NightRun(TenantModel):
    """One night's working out of an organization's scores, on its own local date."""

    night_of = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    records_gone = models.PositiveIntegerField(default=0)
    records_added = models.PositiveIntegerField(default=0)
    people_changed = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "night_of"], name="night_once")]

    def __str__(self) -> str:
        return str(self.night_of)
