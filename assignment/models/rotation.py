from django.db import models

from accounts.models.tenant import TenantModel


class Rotation(TenantModel):
    """A campaign's place in the turn: the row that is locked while a lead is given out."""

    campaign = models.OneToOneField("campaigns.Campaign", on_delete=models.CASCADE, related_name="rotation")
    last_turn = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.campaign}: {self.last_turn}"
