from django.db import models

from accounts.models.tenant import AddressedModel, TenantModel


class Tag(AddressedModel):
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class PersonTag(TenantModel):
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "person", "tag"], name="person_tag_once")]

    def __str__(self) -> str:
        return str(self.tag)
