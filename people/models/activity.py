from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import TenantModel


class Activity(TenantModel):
    """Something that happened with a person at a time, of a predefined kind. Kept once per key."""

    class Kind(models.TextChoices):
        MESSAGE_RECEIVED = "message_received", _("Message received")
        MESSAGE_SENT = "message_sent", _("Message sent")
        REPLIED_QUICKLY = "replied_quickly", _("Quick reply")
        MAIL_OPENED = "mail_opened", _("Mail opened")
        LINK_OPENED = "link_opened", _("Reply link opened")
        APPLICATION = "application", _("Application")
        APPOINTMENT_MADE = "appointment_made", _("Appointment made")
        APPOINTMENT_HELD = "appointment_held", _("Appointment held")
        APPOINTMENT_MISSED = "appointment_missed", _("Appointment missed")
        DELIVERED_QUALIFIED = "delivered_qualified", _("Delivered: qualified")
        DELIVERED_NOT_QUALIFIED = "delivered_not_qualified", _("Delivered: not qualified")
        DELIVERED_NOT_INTERESTED = "delivered_not_interested", _("Delivered: not interested")
        DELIVERED_REVIEW = "delivered_review", _("Delivered: review")
        DELIVERED_SPAM = "delivered_spam", _("Delivered: spam")
        DELIVERED_OTHER = "delivered_other", _("Delivered: other")
        CALL = "call", _("Call")
        NOTE = "note", _("Note")
        WEBSITE_VISIT = "website_visit", _("Website visit")
        TAG_ADDED = "tag_added", _("Tag added")

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="activities", db_index=False)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    happened_at = models.DateTimeField()
    # Of a quick reply: how long we waited for it, which a rule may narrow. Empty counts as quick enough.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    key = models.CharField(max_length=160)
    conversation_id = models.UUIDField(null=True, blank=True)
    by = models.ForeignKey(
        "accounts.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = _("activities")
        constraints = [models.UniqueConstraint(fields=["organization", "key"], name="activity_once")]
        indexes = [
            # Everything the nightly run reads of an activity: it never goes to the table itself.
            models.Index(
                fields=["organization", "person", "happened_at"],
                include=["kind", "minutes", "id"],
                name="activity_of_a_person",
            ),
            models.Index(fields=["organization", "happened_at"], include=["person", "kind"], name="activity_by_day"),
            models.Index(fields=["organization", "id"], name="activity_as_it_came"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def record(cls, *, key: str, at: datetime, **facts: Any) -> "Activity | None":
        """Keeps the activity; None when the key was kept before. Others call `people.happening.happened`."""
        activity = cls(key=key, happened_at=at, **facts)
        with connection.cursor() as cursor:
            cursor.execute(KEEP_ONCE, {f.attname: getattr(activity, f.attname) for f in cls._meta.concrete_fields})
            row = cursor.fetchone()
        activity.pk, activity._state.adding = (row[0] if row else None), False
        return activity if row else None


# Django's ignore_conflicts doesn't say whether the row was new.
KEEP_ONCE = """
INSERT INTO people_activity
    (organization_id, person_id, kind, happened_at, minutes, key, conversation_id, by_id, text)
VALUES (%(organization_id)s, %(person_id)s, %(kind)s, %(happened_at)s, %(minutes)s, %(key)s, %(conversation_id)s,
        %(by_id)s, %(text)s)
ON CONFLICT (organization_id, key) DO NOTHING RETURNING id
"""
