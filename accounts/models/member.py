from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


class Role(models.TextChoices):
    RECRUITER = "recruiter", _("Recruiter")
    SUPERVISOR = "supervisor", _("Supervisor")
    ADMIN = "admin", _("Admin")
    GUEST = "guest", _("Guest")


SEE_EVERYTHING = {Role.SUPERVISOR, Role.ADMIN}


class Availability(models.TextChoices):
    AVAILABLE = "available", _("available")
    AWAY = "away", _("away")
    OFFLINE = "offline", _("offline")


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> "MemberQuerySet":
        return self.filter(is_active=True, user__is_active=True)

    def staff(self) -> "MemberQuerySet":
        """Everybody of the organization but guests."""
        return self.active().exclude(role=Role.GUEST)


class Member(AddressedModel):
    """A user's place in one organization."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.RECRUITER)
    is_active = models.BooleanField(default=True)
    availability = models.CharField(
        max_length=12, choices=Availability.choices, default=Availability.OFFLINE, editable=False
    )
    availability_said_at = models.DateTimeField(null=True, blank=True, editable=False)
    away_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    open_limit = models.PositiveIntegerField(_("limit of open conversations"), null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = MemberQuerySet.as_manager()
    chosen_workspace: UUID | None = None
    """The workspace that this request looks at; None: all of them."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "user"], name="member_once")]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def short_name(self) -> str:
        return self.user.get_short_name()

    @property
    def language(self) -> str:
        """What they read: the language they chose, or the organization's."""
        return self.user.language or self.organization.language

    @property
    def zone(self) -> ZoneInfo:
        """In which they read and type times: the one they chose, or the organization's."""
        return ZoneInfo(self.user.time_zone or self.organization.time_zone)

    @property
    def is_guest(self) -> bool:
        return self.role == Role.GUEST

    @property
    def is_admin(self) -> bool:
        return self.role == Role.ADMIN

    @property
    def sees_everything(self) -> bool:
        return self.role in SEE_EVERYTHING
