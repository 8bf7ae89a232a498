from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.deletion import Collector
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel

LONGEST_SUBJECT, LONGEST_BEGINNING = 200, 300
NOTHING: dict[str, object] = {
    "raw": b"", "envelope_from": "", "sender": "", "mail_id": "", "subject": "", "beginning": "", "recipients": (),
    "explanation": "", "message": None,
}  # fmt: skip


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def stored(self) -> "ArrivalQuerySet":
        """Those still to be understood, the oldest first."""
        return self.filter(state=Arrival.State.STORED).order_by("arrived_at")

    def untried(self) -> "ArrivalQuerySet":
        return self.stored().filter(tries=0)

    def due_again(self, now: datetime) -> "ArrivalQuerySet":
        """Those whose try broke, or who did it, a while ago."""
        return self.stored().filter(tries__gt=0, due_at__lte=now)

    def to_answer(self, now: datetime) -> "ArrivalQuerySet":
        return self.filter(answered_at=None, answer_due_at__lte=now).order_by("answer_due_at")


class ArrivalManager(models.Manager.from_queryset(ArrivalQuerySet)):  # type: ignore[misc]
    """Rows without the mail itself, which may have megabytes: who wants it asks for it."""

    def get_queryset(self) -> ArrivalQuerySet:
        return super().get_queryset().defer("raw")


def forget(collector: Collector, field: models.Field, arrivals: models.QuerySet, using: str) -> None:
    """A message's deletion leaves nothing of its mail but the key, by which a copy is known for one: an erased person
    isn't revived by what comes twice."""
    for each in Arrival._meta.fields:
        if each.name in NOTHING:
            collector.add_field_update(each, NOTHING[each.name], list(arrivals))


class Arrival(AddressedModel):
    """What came in, as it came, stored before anything tries to understand it.

    `tries` counts those begun; the next is due at `due_at`. `explanation` says why the last one failed; one that says
    nothing was the end of its worker. `sender` is the address in From, `mail_id` the Message-ID, `recipients` whom it
    names in To and Cc, `beginning` how the text of one in the quarantine begins. A refused one whose sender is to be
    told has `answer_due_at`; with no `answered_at` it is still in the outbox.
    """

    class State(models.TextChoices):
        STORED = "stored", _("stored")
        UNDERSTOOD = "understood", _("understood")
        REFUSED = "refused", _("refused")
        HELD = "held", _("in quarantine")
        DISCARDED = "discarded", _("discarded")

    channel = models.CharField(max_length=12)
    key = models.CharField(max_length=80)
    raw = models.BinaryField()
    envelope_to = models.CharField(max_length=320, blank=True)
    envelope_from = models.CharField(max_length=320, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    beginning = models.CharField(max_length=LONGEST_BEGINNING, blank=True)
    mail_id = models.CharField(max_length=255, blank=True)
    recipients = ArrayField(models.CharField(max_length=320), default=list, blank=True)
    via = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=State.choices, default=State.STORED)
    refusal = models.CharField(max_length=60, blank=True)
    explanation = models.TextField(blank=True)
    message = models.ForeignKey(
        "conversations.Message", on_delete=forget, null=True, blank=True, related_name="arrivals"
    )
    arrived_at = models.DateTimeField()
    understood_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ArrivalManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="arrival_once")]
        indexes = [
            models.Index(
                fields=["organization", "arrived_at"],
                condition=models.Q(state="stored"),
                name="arrival_to_understand",
            ),
            models.Index(fields=["organization", "sender", "-arrived_at"], name="arrival_of_sender"),
            models.Index(
                fields=["organization", "sender", "-arrived_at"],
                condition=models.Q(state="held"),
                name="arrival_in_quarantine",
            ),
            models.Index(fields=["organization", "mail_id"], name="arrival_by_mail_id"),
            models.Index(
                fields=["organization", "answer_due_at"],
                condition=models.Q(answered_at=None, answer_due_at__isnull=False),
                name="arrival_to_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}, {self.envelope_from or self.key}"

    @property
    def written_by(self) -> str:
        """Whose mail it is, as far as it says."""
        return self.sender or self.envelope_from
