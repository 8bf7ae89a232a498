from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel
from people.models.score import PersonScore
from people.models.temperature import Temperature
from people.queries import PersonQuerySet
from people.unaccented import Unaccented


class PersonStatus(AddressedModel):
    """A status of the organization's own making that a person can have."""

    slug = models.SlugField()
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("person status")
        verbose_name_plural = _("person statuses")
        constraints = [models.UniqueConstraint(fields=["organization", "slug"], name="person_status_slug")]

    def __str__(self) -> str:
        return self.name


class Person(AddressedModel):
    """A candidate, or a contact person at a client."""

    class Kind(models.TextChoices):
        CANDIDATE = "candidate", _("Candidate")
        CONTACT = "contact", _("Contact")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.CANDIDATE)
    name = models.CharField(max_length=200)
    status = models.ForeignKey(PersonStatus, on_delete=models.PROTECT, null=True, blank=True)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=64, blank=True)
    tags = models.ManyToManyField("people.Tag", through="people.PersonTag", related_name="people")
    is_spam = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(_("asked not to be written to"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()
    known_addresses: "list[str] | None" = None
    """Of all their mail, where it was read with them."""

    class Meta:
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["organization", "id"], name="person_in_order"),
            models.Index(fields=["organization", "created_at"], name="person_by_arrival"),
            models.Index(fields=["organization", "id"], condition=models.Q(is_spam=True), name="person_spam"),
            GinIndex(OpClass(Unaccented(Lower("name")), name="gin_trgm_ops"), name="person_name_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()

    @property
    def score(self) -> int:
        """The total of the person's records; 0 before it was worked out for the first time."""
        scored: PersonScore | None = getattr(self, "scored", None)
        return scored.total if scored else 0

    @property
    def temperature(self) -> Temperature | None:
        """How hot that is; None before it was worked out. Read with `scored__temperature`."""
        scored: PersonScore | None = getattr(self, "scored", None)
        return scored.temperature if scored else None

    @property
    def email(self) -> str:
        """The address to write to, or an empty string."""
        emails = sorted(self.emails.all(), key=lambda email: not email.is_primary)
        return emails[0].address if emails else ""

    @property
    def phone(self) -> str:
        return next((phone.number for phone in self.phones.all()), "")
