from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” isn't a time zone, such as Europe/Prague."), params={"name": name})


class FileKind(models.TextChoices):
    """Of what kind a file is, by what it contains."""

    DOCUMENT = "document", _("documents")
    PICTURE = "picture", _("pictures")
    RECORDING = "recording", _("recordings")
    ARCHIVE = "archive", _("archives")
    OTHER = "other", _("others")
    PROGRAM = "program", _("programs and web pages")


def usual_kinds() -> list[str]:
    return [kind.value for kind in FileKind if kind != FileKind.PROGRAM]


class Organization(models.Model):
    """The tenant."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    public_email = models.EmailField(_("public contact address"), help_text=_("Candidates are told to write here."))
    time_zone = models.CharField(max_length=64, default="Europe/Prague", validators=[validate_time_zone])
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    recruiters_may_take = models.BooleanField(_("recruiters may take unassigned conversations"), default=True)
    recruiters_may_hand_over = models.BooleanField(_("recruiters may hand theirs over"), default=True)
    undelivered_after_days = models.PositiveSmallIntegerField(
        _("days until an undelivered conversation is brought to mind"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Its owner is told once, when it has gone on for so long without a delivery."),
    )
    file_size_limit = models.PositiveSmallIntegerField(
        _("largest file"), default=20, validators=[MinValueValidator(1), MaxValueValidator(20)], help_text=_("In MiB.")
    )
    file_kinds = ArrayField(
        models.CharField(max_length=12), verbose_name=_("kinds of files taken"), default=usual_kinds,
        help_text=_("By what a file contains, whatever its name says."),
    )  # fmt: skip
    counts_opens = models.BooleanField(
        _("notice when a candidate opens a mail"), default=True, help_text=_("By a picture of one dot in each mail.")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    def workspaces(self) -> models.QuerySet["Workspace"]:
        return Workspace.objects.filter(organization=self).order_by("name")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Workspace(AddressedModel):
    """A division of an organization (a group of clients, a country). With one, nobody sees the word."""

    name = models.CharField(max_length=120)
    slug = models.SlugField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "slug"], name="workspace_slug")]

    def __str__(self) -> str:
        return self.name
