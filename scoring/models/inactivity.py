from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import TenantModel
from people.models import Activity
from scoring.models.rule import MOST_DAYS, MOST_POINTS, Days, Ruling

Taken = [MinValueValidator(-MOST_POINTS), MaxValueValidator(-1)]


class InactivityRule(Ruling):
    """Points are taken when nothing of a kind (or nothing at all) happened for some days: once, or again and again
    down to a floor. The days count from the last such activity, or from when the person came; a new activity gives
    the points back and starts them again.
    """

    activity_kind = models.CharField(
        _("activity"),
        max_length=32,
        choices=[("", _("Anything")), *Activity.Kind.choices],
        blank=True,
        help_text=_("What hasn’t happened."),
    )
    after_days = models.PositiveSmallIntegerField(_("for, days"), default=60, validators=Days)
    points = models.SmallIntegerField(_("points"), default=-10, validators=Taken, help_text=_("A negative number."))
    repeat_days = models.PositiveSmallIntegerField(
        _("again every, days"), null=True, blank=True, validators=Days, help_text=_("Empty: once.")
    )
    floor = models.SmallIntegerField(
        _("down to"), null=True, blank=True, validators=Taken, help_text=_("The most this rule takes in all, as −30.")
    )
    statuses = models.ManyToManyField("people.PersonStatus", through="scoring.InactivityStatus", blank=True)

    class Meta:
        verbose_name = _("inactivity rule")
        verbose_name_plural = _("inactivity rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(points__range=(-MOST_POINTS, -1), after_days__range=(1, MOST_DAYS))
                & (
                    Q(repeat_days=None, floor=None)
                    | Q(repeat_days__range=(1, MOST_DAYS), floor__range=(-MOST_POINTS, -1), floor__lte=F("points"))
                ),
                name="inactivity_within_bounds",
                violation_error_message=_("A rule that takes points again needs a floor, not above its points."),
            )
        ]

    def __str__(self) -> str:
        days = self.after_days
        if not self.activity_kind:
            return ngettext("No activity for %(days)d day", "No activity for %(days)d days", days) % {"days": days}
        facts = {"activity": self.get_activity_kind_display(), "days": days}
        words = ngettext("No “%(activity)s” for %(days)d day", "No “%(activity)s” for %(days)d days", days)
        return words % facts

    @property
    def sentence(self) -> str:
        """The rule as a recruiter says it."""
        facts = {"rule": self, "points": _minus(self.points), "people": self.about_whom}
        facts |= {"again": self.repeat_days, "floor": _minus(self.floor or self.points)}
        if self.repeat_days:
            words = gettext("%(rule)s: %(points)s, again every %(again)d days down to %(floor)s, for %(people)s")
        else:
            words = gettext("%(rule)s: %(points)s once, for %(people)s")
        return words % facts

    def clean(self) -> None:
        """A floor and repeating go together: without an end to it, points would be taken for ever."""
        if self.repeat_days and self.floor is None:
            raise ValidationError({"floor": _("How far down? A rule that takes points again needs an end.")})
        if self.floor is not None and not self.repeat_days:
            raise ValidationError({"repeat_days": _("How often? A floor is for a rule that takes points again.")})
        if self.floor is not None and self.points is not None and self.floor > self.points:
            raise ValidationError({"floor": _("The floor can’t be above what is taken at once.")})


class InactivityStatus(TenantModel):
    """A status the inactivity rule holds for; a rule with none holds for all."""

    rule = models.ForeignKey(InactivityRule, on_delete=models.CASCADE)
    status = models.ForeignKey("people.PersonStatus", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("status it holds for")
        verbose_name_plural = _("statuses it holds for")
        constraints = [
            models.UniqueConstraint(fields=["organization", "rule", "status"], name="inactivity_status_once")
        ]

    def __str__(self) -> str:
        return str(self.status)


def _minus(number: int) -> str:
    return str(number).replace("-", "−")
