from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import TenantModel


class MorningMail(TenantModel):
    """Whether a member gets the morning list by mail, and the day of the last one: one a day."""

    member = models.OneToOneField("accounts.Member", on_delete=models.CASCADE, related_name="morning_mail")
    is_wanted = models.BooleanField(_("by mail"), default=True)
    sent_for = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.member)
