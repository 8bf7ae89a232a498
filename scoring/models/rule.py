from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel, TenantModel
from people.models import Activity, Person

MOST_POINTS, MOST_DAYS = 1000, 3650
Points = [MinValueValidator(-MOST_POINTS), MaxValueValidator(MOST_POINTS)]
Days = [MinValueValidator(1), MaxValueValidator(MOST_DAYS)]


class Ruling(AddressedModel):
    """What both kinds of rules have: whom they are about, and whether they are on."""

    person_kind = models.CharField(
        _("about"), max_length=12, choices=Person.Kind.choices, default=Person.Kind.CANDIDATE
    )
    is_active = models.BooleanField(_("on"), default=True)

    class Meta:
        abstract = True

    @property
    def about_whom(self) -> str:
        """Whom it holds for: "candidates: New, Active", "contacts"."""
        people = gettext("contacts") if self.person_kind == Person.Kind.CONTACT else gettext("candidates")
        names = [status.name for status in self.statuses.all()] if self.pk else []  # type: ignore[attr-defined]
        return f"{people} ({', '.join(names)})" if names else people


class ScoreRule(Ruling):
    """One kind of activity is worth points for some days, for some kind of person in some statuses."""

    activity_kind = models.CharField(_("activity"), max_length=32, choices=Activity.Kind.choices)
    points = models.SmallIntegerField(_("points"), validators=Points)
    days = models.PositiveSmallIntegerField(_("counts for, days"), default=60, validators=Days)
    statuses = models.ManyToManyField("people.PersonStatus", through="scoring.RuleStatus", blank=True)

    class Meta:
        verbose_name = _("score rule")
        verbose_name_plural = _("score rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(points__range=(-MOST_POINTS, MOST_POINTS), days__range=(1, MOST_DAYS)),
                name="rule_within_bounds",
                violation_error_message=_("Points go from −1000 to 1000 and days from 1 to 3650."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_activity_kind_display()}: {self.points:+d}".replace("-", "−")

    @property
    def sentence(self) -> str:
        """The rule as a recruiter says it."""
        facts = {"rule": self, "days": self.days, "people": self.about_whom}
        return gettext("%(rule)s for %(days)d days, for %(people)s") % facts


class RuleStatus(TenantModel):
    """A status the rule holds for; a rule with none holds for all, so a status that is named can't be deleted."""

    rule = models.ForeignKey(ScoreRule, on_delete=models.CASCADE)
    status = models.ForeignKey("people.PersonStatus", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("status it holds for")
        verbose_name_plural = _("statuses it holds for")
        constraints = [models.UniqueConstraint(fields=["organization", "rule", "status"], name="rule_status_once")]

    def __str__(self) -> str:
        return str(self.status)
