from django.db import models

from accounts.models.tenant import UncheckedModel


class DuePerson(UncheckedModel):
    """Somebody whose scores this night has to work out anew; gone once it is done. Unchecked keys, as of a record."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "person"], name="due_person_once")]

    def __str__(self) -> str:
        return str(self.person_id)
