"""Notifications on their way out by mail: rows with `mail_due_at` and no `mailed_at` are the outbox."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.mailing import PermanentFailure, TemporaryFailure, hand_over
from accounts.presence import is_away
from accounts.tenancy import enter
from conversations.models import Conversation
from notifications.composing import compose
from notifications.models import Notification

log = structlog.get_logger(__name__)
TIME_LIMIT = 90  # seconds that a task may take
LEASE = timedelta(seconds=TIME_LIMIT + 30)
MOST_TOGETHER = 50
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]


def due(now: datetime) -> QuerySet[Notification]:
    return Notification.objects.filter(mailed_at=None, mail_due_at__lte=now).order_by("mail_due_at")


def send(organization_id: int, notification_id: str) -> None:
    """Mails it, and with it what else waits for its reader, unless another worker does or nobody needs it any more.

    Not to be called inside a transaction.
    """
    with enter(organization_id):
        # Claimed by moving their time on; when this worker dies, the sweeper finds them again after the lease.
        ids = _claim(notification_id, timezone.now())
    if not ids:
        return
    outcome = _outcome_of(ids, organization_id)
    with enter(organization_id):
        Notification.objects.filter(pk__in=ids, mail_due_at__isnull=False).update(**outcome)


def _outcome_of(ids: list[UUID], organization_id: int) -> dict[str, Any]:
    """What has become of the mail about these. They were claimed before: whatever breaks has its try counted."""
    tries = 1
    try:
        with enter(organization_id):
            claimed = list(_everything().filter(pk__in=ids).order_by("created_at"))
            tries = max((each.mail_tries for each in claimed), default=1)
            wanted = _wanted(claimed)
            mail = compose(wanted) if wanted else None
        if mail:
            hand_over(mail)
    except PermanentFailure as failure:
        return {"mail_due_at": None, "mail_error": str(failure)[:300]}
    except TemporaryFailure as failure:
        return _another_time(tries, str(failure))
    except Exception as failure:
        log.exception("notification_broke", notifications=[str(pk) for pk in ids])
        return _another_time(tries, repr(failure))
    return {"mailed_at": timezone.now(), "mail_error": ""}


def _another_time(tries: int, error: str) -> dict[str, Any]:
    """After a pause that grows with each try, and after the last of them never."""
    due_at = timezone.now() + PAUSES[tries - 1] if tries <= len(PAUSES) else None
    return {"mail_due_at": due_at, "mail_error": error[:300]}


def _claim(notification_id: str, now: datetime) -> list[UUID]:
    """The one that is due, and what waits for the same member: of the same conversation, or all when they are away.
    What is not delivered for long is told of many conversations in one moment."""
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
        waiting = waiting.filter(kind=first.kind)
        if first.kind != Notification.Kind.UNDELIVERED:
            waiting = waiting.filter(conversation=first.conversation_id)
    ids = list(waiting.values_list("pk", flat=True)[:MOST_TOGETHER])
    Notification.objects.filter(pk__in=ids).update(**claimed)
    return [first.pk, *ids]


def _wanted(claimed: list[Notification]) -> list[Notification]:
    """What its reader hasn't read meanwhile and may still see; the others leave the outbox."""
    seen = _seen(claimed)
    wanted = [each for each in claimed if each.member is None or _is_wanted(each, seen)]
    unwanted = {each.pk for each in claimed} - {each.pk for each in wanted}
    Notification.objects.filter(pk__in=unwanted).update(mail_due_at=None)
    return wanted


def _seen(claimed: list[Notification]) -> dict[UUID, int]:
    """How far their one reader, if they have one, has read each of the conversations that they may see."""
    member = next((each.member for each in claimed if each.member), None)
    if member is None:
        return {}
    visible = Conversation.objects.visible_to(member).filter(pk__in={each.conversation_id for each in claimed})
    return dict(visible.with_reading_of(member).values_list("pk", "read_number"))


def _is_wanted(notification: Notification, seen: dict[UUID, int]) -> bool:
    assert notification.member
    if not notification.member.is_active or notification.read_at:
        return False
    read = seen.get(notification.conversation_id)
    return read is not None and read < notification.event.number


def _everything() -> QuerySet[Notification]:
    return Notification.objects.select_related(
        "member__user", "event__message__author__user", "event__member__user", "organization",
        "conversation__person", "conversation__campaign",
    )  # fmt: skip
