from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import UncheckedModel


class ScoreRecord(UncheckedModel):
    """Points that count for a person now: an activity's by a rule until the day they lapse, or what an inactivity rule
    has taken so far.

    Made and unmade by `definition.py` alone, a million in a night. A foreign key checked for each row would cost more
    than all the rest, and the next night puts right whatever is wrong: so these aren't checked by the database.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="records", db_index=False, db_constraint=False
    )
    rule = models.ForeignKey(
        "scoring.ScoreRule",
        on_delete=models.CASCADE,
        related_name="records",
        db_index=False,
        db_constraint=False,
        null=True,
    )
    inactivity_rule = models.ForeignKey(
        "scoring.InactivityRule",
        on_delete=models.CASCADE,
        related_name="records",
        db_index=False,
        db_constraint=False,
        null=True,
    )
    activity = models.ForeignKey(
        "people.Activity",
        on_delete=models.CASCADE,
        related_name="records",
        db_index=False,
        db_constraint=False,
        null=True,
    )
    points = models.SmallIntegerField()
    happened_at = models.DateTimeField(null=True)
    lapses_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("score record")
        verbose_name_plural = _("score records")
        constraints = [
            # The one index that people's records are looked up and summed by, since a night writes a million.
            models.UniqueConstraint(
                fields=["organization", "person", "activity", "rule", "inactivity_rule"],
                include=["points"],
                nulls_distinct=False,
                name="record_of_person_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.rule or self.inactivity_rule)
