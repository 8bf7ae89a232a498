from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.identifiers import new_id
from accounts.models.tenant import AddressedModel

if TYPE_CHECKING:
    from conversations.models.file import MessageFile


class Channel(models.TextChoices):
    EMAIL = "email", _("email")
    WEB = "web", _("web")
    WHATSAPP = "whatsapp", "WhatsApp"
    TELEGRAM = "telegram", "Telegram"
    MESSENGER = "messenger", "Messenger"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("sending")
    SENT = "sent", _("sent")
    DELIVERED = "delivered", _("delivered")
    OPENED = "opened", _("opened")
    FAILED = "failed", _("failed")


class Found(models.TextChoices):
    """Why a mail is in its conversation."""

    TOKEN = "token", _("It came to this conversation’s reply address.")
    REPLY_HEADER = "reply_header", _("It answers a mail of this conversation.")
    SENDER = "sender", _("This conversation is the open one with its sender.")
    NEW = "new", _("Its sender was new, so it began this conversation.")
    FOLLOWED = "followed", _("An earlier message of its sender was moved here.")
    MOVED = "moved", _("A member moved it here.")


class Doubt(models.TextChoices):
    """Why a mail is not taken for the person’s until somebody has looked."""

    STRANGER = "stranger", _("This address is not known.")
    FORGED = "forged", _("The mail failed the check of its sender (DMARC): somebody may use this address as their own.")
    UNPROVEN = "unproven", _("The check of the mail’s sender (DMARC) could not be completed.")


class Message(AddressedModel):
    """One thing said in a conversation. Its author is a member, the person, or a third party named by address.

    Of a mail, `sender` is who really sent it and `found_by` why it is here.
    Until `held_until` its author can take it back, and the person doesn't see it.
    """

    class Kind(models.TextChoices):
        INBOUND = "inbound"
        OUTBOUND = "outbound"
        NOTE = "note"

    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    leg = models.ForeignKey("conversations.Leg", on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices, default=Channel.EMAIL)
    text = models.TextField(blank=True)
    quoted_text = models.TextField(blank=True)
    author = models.ForeignKey(
        "accounts.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    third_party = models.CharField(max_length=320, blank=True)
    sender = models.CharField(max_length=320, blank=True)
    found_by = models.CharField(max_length=12, choices=Found.choices, blank=True)
    doubt = models.CharField(max_length=12, choices=Doubt.choices, blank=True)
    must_not_answer = models.BooleanField(_("nothing automatic may answer it"), default=False, db_default=False)
    client_id = models.UUIDField(default=new_id)
    created_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)
    delivery_state = models.CharField(max_length=12, choices=DeliveryState.choices, blank=True)
    delivery_reason = models.CharField(max_length=300, blank=True)
    search = models.GeneratedField(
        expression=models.Func(
            models.Value("simple"),
            models.Func("text", function="immutable_unaccent", output_field=models.TextField()),
            function="immutable_tsvector",
            output_field=SearchVectorField(),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    LONGEST_QUOTE_SHOWN = 10_000  # characters; a longer one is fetched when it is unfolded

    attached: "list[MessageFile] | None" = None
    """Its files, where it was written just now."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "conversation", "client_id"], name="message_sent_once")
        ]
        indexes = [models.Index(fields=["conversation", "-created_at", "-id"], name="message_of_conversation")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_inbound(self) -> bool:
        return self.kind == self.Kind.INBOUND

    @property
    def is_note(self) -> bool:
        return self.kind == self.Kind.NOTE

    @property
    def has_long_quote(self) -> bool:
        return len(self.quoted_text) > self.LONGEST_QUOTE_SHOWN

    @property
    def seconds_held(self) -> float:
        """For how long it can still be taken back."""
        left = self.held_until - timezone.now() if self.held_until else timedelta(0)
        return max(0.0, left.total_seconds())

    @property
    def can_be_taken_back(self) -> bool:
        return self.delivery_state == DeliveryState.QUEUED and self.seconds_held > 0

    @property
    def is_unproven(self) -> bool:
        """Whether it may come from somebody else than who stands in it as its sender."""
        return self.doubt in {Doubt.FORGED, Doubt.UNPROVEN}

    @property
    def is_automatic(self) -> bool:
        """Whether it was said in the organization's own name, by no member."""
        return self.kind == self.Kind.OUTBOUND and self.author_id is None

    @property
    def author_name(self) -> str:
        if self.author:
            return self.author.name
        if self.is_automatic:
            return self.conversation.organization.name
        return self.third_party or self.conversation.person.name
