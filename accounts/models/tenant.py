from django.db import models

from accounts.identifiers import new_id
from accounts.tenancy import current_organization_id


class TenantModel(models.Model):
    """A row of one organization; a new one belongs to the organization the transaction has entered."""

    organization = models.ForeignKey(
        "accounts.Organization",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        default=current_organization_id,
        editable=False,
    )

    class Meta:
        abstract = True


class AddressedModel(TenantModel):
    """A tenant's row that stands in addresses, so its key can't be guessed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
