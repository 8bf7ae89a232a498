from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel, TenantModel
from people.models import Activity, Person

MOST_POINTS, MOST_DAYS = 1000, 3650
MOST_MINUTES = 24 * 60  # a later answer is no quick reply (activities.py)
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
    within_minutes = models.PositiveSmallIntegerField(
        _("within, minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
        help_text=_("How quick a quick reply is; for no other activity."),
    )
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
            ),
            models.CheckConstraint(
                condition=Q(within_minutes=None)
                | Q(activity_kind=Activity.Kind.REPLIED_QUICKLY, within_minutes__range=(1, MOST_MINUTES)),
                name="rule_quick_replies_only",
                violation_error_message=_("Only a quick reply has minutes, from 1 to 1440."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity}: {self.points:+d}".replace("-", "−")

    @property
    def activity(self) -> str:
        """What it is about: "Application", "Replied within 30 minutes"."""
        if self.within_minutes is None:
            return str(self.get_activity_kind_display())
        words = ngettext("Replied within %(count)d minute", "Replied within %(count)d minutes", self.within_minutes)
        return words % {"count": self.within_minutes}

    def clean(self) -> None:
        """A quick reply without a number of minutes would be any answer of a day; minutes mean nothing elsewhere."""
        is_about_replies = self.activity_kind == Activity.Kind.REPLIED_QUICKLY
        if is_about_replies and self.within_minutes is None:
            raise ValidationError({"within_minutes": _("Within how many minutes?")})
        if not is_about_replies and self.within_minutes is not None:
            raise ValidationError({"within_minutes": _("Only a quick reply has minutes, from 1 to 1440.")})

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
