"""Notifications on their way out by mail: rows with `mail_due_at` and no `mailed_at` are the outbox."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db.models import F
from django.utils import timezone

from accounts.mailing import PermanentFailure, TemporaryFailure, hand_over
from accounts.presence import is_away
from accounts.tenancy import enter
from conversations.models import Conversation, Reading
from notifications.composing import compose
from notifications.models import Notification

log = structlog.get_logger(__name__)
TIME_LIMIT = 90  # seconds that a task may take
LEASE = timedelta(seconds=TIME_LIMIT + 30)
MOST_TOGETHER = 50
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]


def due(now: datetime) -> Any:
    return Notification.objects.filter(mailed_at=None, mail_due_at__lte=now).order_by("mail_due_at")


def send(organization_id: int, notification_id: str) -> None:
    """Mails it, and with it what else waits for its reader, unless another worker does or nobody needs it any more.

    Not to be called inside a transaction.
    """
    now = timezone.now()
    with enter(organization_id):
        # Claimed by moving their time on; when this worker dies, the sweeper finds them again after the lease.
        ids = _claim(notification_id, now)
        together = [each for each in _everything().filter(pk__in=ids).order_by("created_at") if is_wanted(each)]
        mail = compose(together) if together else None
        tries = max((each.mail_tries for each in together), default=0)
    outcome: dict[str, Any] = {"mail_due_at": None}
    try:
        if mail:
            hand_over(mail)
            outcome = {"mailed_at": timezone.now(), "mail_error": ""}
    except PermanentFailure as failure:
        outcome["mail_error"] = str(failure)[:300]
    except TemporaryFailure as failure:
        again = timezone.now() + PAUSES[tries - 1] if tries <= len(PAUSES) else None
        outcome = {"mail_due_at": again, "mail_error": str(failure)[:300]}
    with enter(organization_id):
        wanted = [each.pk for each in together]
        Notification.objects.filter(pk__in=wanted).update(**outcome)
        Notification.objects.filter(pk__in=set(ids) - set(wanted)).update(mail_due_at=None)


def _claim(notification_id: str, now: datetime) -> list[UUID]:
    """The one that is due, and what waits for the same member: of the same conversation, or all when they are away."""
    claimed = {"mail_due_at": now + LEASE, "mail_tries": F("mail_tries") + 1}
    if not due(now).filter(pk=notification_id).order_by().update(**claimed):
        return []
    first = Notification.objects.select_related("member").get(pk=notification_id)
    if first.member is None:
        return [first.pk]
    waiting = Notification.objects.filter(
        member=first.member, mailed_at=None, mail_due_at__isnull=False, mail_tries=0
    ).select_for_update(skip_locked=True)
    if not is_away(first.member):
        waiting = waiting.filter(conversation=first.conversation_id, kind=first.kind)
    ids = list(waiting.values_list("pk", flat=True)[:MOST_TOGETHER])
    Notification.objects.filter(pk__in=ids).update(**claimed)
    return [first.pk, *ids]


def is_wanted(notification: Notification) -> bool:
    """Not by whoever has read it meanwhile, nor by whoever may not see the conversation any more."""
    member = notification.member
    if member is None:
        return True
    if not member.is_active or notification.read_at:
        return False
    if not Conversation.objects.visible_to(member).filter(pk=notification.conversation_id).exists():
        return False
    read = Reading.objects.filter(member=member, conversation=notification.conversation_id)
    return not read.filter(number__gte=notification.event.number).exists()


def _everything() -> Any:
    return Notification.objects.select_related(
        "member__user", "event__message__author__user", "event__member__user", "organization",
        "conversation__person", "conversation__campaign",
    )  # fmt: skip
