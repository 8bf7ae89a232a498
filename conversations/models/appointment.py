from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel, TenantModel


class Appointment(AddressedModel):
    """A time to meet or to talk, agreed on in a conversation. `time_zone` is the person's."""

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")
        HELD = "held", _("held")
        MISSED = "missed", _("missed")

    OPEN = (State.INVITED, State.ACCEPTED)

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="appointments"
    )
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    time_zone = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=State.choices, default=State.INVITED)
    sequence = models.PositiveSmallIntegerField(default=0)
    member = models.ForeignKey("accounts.Member", on_delete=models.SET_NULL, null=True, related_name="appointments")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it may still take place."""
        return self.state in self.OPEN

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def uid(self) -> str:
        """What calendars know it by (RFC 5545, 3.8.4.7)."""
        return f"{self.pk}@{settings.MAIL_DOMAIN}"


class Invitation(TenantModel):
    """What a message says to the person's calendar: RFC 5545 with METHOD REQUEST or CANCEL."""

    message = models.OneToOneField("conversations.Message", on_delete=models.CASCADE, related_name="invitation")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="invitations")
    method = models.CharField(max_length=8)
    calendar = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["organization", "appointment"], name="invitations_of_appointment")]

    def __str__(self) -> str:
        return f"{self.method} {self.appointment_id}"
