from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


class Notification(AddressedModel):
    """Something a member, or an address set for a campaign, is told: in the app, and by mail when `mail_due_at` is set.

    Rows with `mail_due_at` and no `mailed_at` are the outbox.
    """

    class Kind(models.TextChoices):
        NEW_LEAD = "new_lead", _("new lead")
        MESSAGE_RECEIVED = "message_received", _("message received")
        MENTIONED = "mentioned", _("mentioned")
        DELIVERED = "delivered", _("delivered to you")
        ANSWERED = "answered", _("delivery answered")
        UNDELIVERED = "undelivered", _("not delivered for long")
        ASSIGNED = "assigned", _("assigned to you")
        MAIL_FAILED = "mail_failed", _("mail failed")
        MAIL_HELD = "mail_held", _("mails held back")
        REPLY_HELD = "reply_held", _("planned reply not sent")

    kind = models.CharField(max_length=20, choices=Kind.choices)
    member = models.ForeignKey(
        "accounts.Member", on_delete=models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    address = models.EmailField(blank=True)
    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey("conversations.Event", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "event", "kind", "member", "address"],
                nulls_distinct=False,
                name="notification_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "mail_due_at"],
                condition=models.Q(mailed_at=None, mail_due_at__isnull=False),
                name="notification_to_mail",
            ),
            models.Index(fields=["organization", "member", "-created_at"], name="notifications_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.member or self.address}"
