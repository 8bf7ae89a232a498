from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import TenantModel


class NightRun(TenantModel):
    """One working out of an organization's scores: the night's on its own local date, or one after a change.

    It goes through the people in order, a stretch at a time; `reached` is how far it is: through everybody, or with
    `is_of_due` through those whom a day can have changed. Who holds the `claim` works on it; a claim that has run out
    was somebody's who died. `last_activity` is the newest that it knew when it began.
    """

    class Because(models.TextChoices):
        NIGHT = "night", _("the night came")
        CHANGE = "change", _("rules or temperatures changed")

    because = models.CharField(max_length=8, choices=Because.choices, default=Because.NIGHT)
    night_of = models.DateField(_("day of scores"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    is_of_due = models.BooleanField(_("only who was due"), default=False)
    last_activity = models.BigIntegerField(default=0, editable=False)
    reached = models.UUIDField(null=True, blank=True, editable=False)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    people_to_see = models.PositiveIntegerField(_("people in all"), default=0)
    people_seen = models.PositiveIntegerField(_("people gone through"), default=0)
    records_gone = models.PositiveIntegerField(_("records gone"), default=0)
    records_added = models.PositiveIntegerField(_("records added"), default=0)
    people_changed = models.PositiveIntegerField(_("people changed"), default=0)
    milliseconds = models.PositiveIntegerField(_("milliseconds of work"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("working out of scores")
        verbose_name_plural = _("workings out of scores")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "night_of"], condition=Q(because="night"), name="night_of_a_date_once"
            )
        ]
        indexes = [models.Index(fields=["organization", "id"], condition=Q(finished_at=None), name="night_to_work_out")]

    def __str__(self) -> str:
        return f"{self.night_of}, {self.get_because_display()}"

    @property
    def percent(self) -> int:
        """How far it is, of 100."""
        if self.finished_at:
            return 100
        return min(99, 100 * self.people_seen // max(1, self.people_to_see))
