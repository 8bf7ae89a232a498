from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import UncheckedModel


class PersonScore(UncheckedModel):
    """What a person's records come to, and which temperature that is; from the first time that it is worked out.

    `scoring` alone writes it. A row of its own with keys that aren't checked, since a night may write a million: to
    rewrite a person with all their indexes, or to check a key for each, would cost more than all else that it does.
    """

    person = models.OneToOneField(
        "people.Person", on_delete=models.CASCADE, primary_key=True, related_name="scored", db_constraint=False
    )
    total = models.IntegerField()
    temperature = models.ForeignKey(
        "people.Temperature",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    temperature_at = models.DateTimeField(_("has this temperature since"), null=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "-total"], name="person_by_total")]

    def __str__(self) -> str:
        return str(self.total)
