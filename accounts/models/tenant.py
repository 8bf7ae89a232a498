from collections.abc import Sequence

from django.core.exceptions import ValidationError
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

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        """Says what is taken; that it is so within the organization goes without saying."""
        fields = [name for name in unique_check if name != "organization"]
        return super().unique_error_message(model_class, fields)


class UncheckedModel(TenantModel):
    """A tenant's row of which a night may write a million: to check a key for each would cost more than the rest."""

    organization = models.ForeignKey(
        "accounts.Organization",
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
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
