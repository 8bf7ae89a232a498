from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel, TenantModel
from people.models import Activity, Person


class ScoreRule(AddressedModel):
    """One kind of activity is worth points for some days, for some kind of person in some statuses."""

    activity_kind = models.CharField(_("activity"), max_length=32, choices=Activity.Kind.choices)
    points = models.SmallIntegerField(validators=[MinValueValidator(-1000), MaxValueValidator(1000)])
    days = models.PositiveSmallIntegerField(
        _("counts for, days"), default=60, validators=[MinValueValidator(1), MaxValueValidator(3650)]
    )
    person_kind = models.CharField(max_length=12, choices=Person.Kind.choices, default=Person.Kind.CANDIDATE)
    statuses = models.ManyToManyField("people.PersonStatus", through="scoring.RuleStatus", blank=True)
    is_active = models.BooleanField(_("on"), default=True)

    def __str__(self) -> str:
        return f"{self.get_activity_kind_display()}: {self.points:+d}"


class RuleStatus(TenantModel):
    """A status the rule holds for; a rule with none holds for all."""

    rule = models.ForeignKey(ScoreRule, on_delete=models.CASCADE)
    status = models.ForeignKey("people.PersonStatus", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("status it holds for")
        verbose_name_plural = _("statuses it holds for")
        constraints = [models.UniqueConstraint(fields=["organization", "rule", "status"], name="rule_status_once")]

    def __str__(self) -> str:
        return str(self.status)


class ScoreRecord(TenantModel):
    """Points that an activity is worth by a rule, until the day they lapse."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="records", db_index=False)
    rule = models.ForeignKey(ScoreRule, on_delete=models.CASCADE, related_name="records", db_index=False)
    activity = models.ForeignKey("people.Activity", on_delete=models.CASCADE, related_name="records")
    points = models.SmallIntegerField()
    happened_at = models.DateTimeField()
    lapses_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "rule", "activity"], name="record_once")]
        indexes = [
            models.Index(fields=["organization", "person"], include=["points"], name="record_of_person"),
            models.Index(fields=["organization", "lapses_on"], name="record_by_lapse"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.person_id}"
