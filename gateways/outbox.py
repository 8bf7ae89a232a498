"""The way out: an Attempt is written with its message, claimed by one worker, sent outside any transaction, recorded.

Whatever dies on the way, the row is still there: a claim holds for as long as a task may run and a little more, then
the sweeper gives the attempt to another worker. A mail handed over just before a crash may go twice, with the same
Message-ID; it never goes not at all.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop as _  # kept in English, shown in the reader's language

from accounts.mailing import PermanentFailure, TemporaryFailure
from accounts.models import Member
from accounts.tenancy import enter
from conversations import live, refusals, taking_back
from conversations.models import Conversation, DeliveryState, Event, Message
from gateways.email import send as email
from gateways.models import Attempt, AttemptQuerySet

log = structlog.get_logger(__name__)
TIME_LIMIT = 90  # seconds that a task may take
LEASE = timedelta(seconds=TIME_LIMIT + 30)
PAUSES = [
    *(timedelta(seconds=seconds) for seconds in (10, 30, 120)),
    *(timedelta(minutes=minutes) for minutes in (10, 30, 60, 120, 240, 480, 720)),
]


def queue(event: Event) -> None:
    """Writes the attempt at a reply, in the reply's own transaction."""
    assert event.message
    _queue(event.message, due_at=event.message.held_until or event.created_at)


def try_again(message: Message) -> bool:
    """A new attempt at a failed message; False when somebody else was faster."""
    with transaction.atomic():
        won = Message.objects.filter(pk=message.pk, delivery_state=DeliveryState.FAILED).update(
            delivery_state=DeliveryState.QUEUED, delivery_reason=""
        )
        if won:
            _queue(message, due_at=timezone.now())
            message.delivery_state = DeliveryState.QUEUED
            with message.conversation.changing() as conversation:
                _mark_last(conversation, message)
            line = message.event
            transaction.on_commit(lambda: live.show_line(line), robust=True)
        return bool(won)


def _queue(message: Message, *, due_at: datetime) -> None:
    attempt = Attempt.objects.create(
        message=message,
        channel=message.channel,
        address=message.conversation.person.email,
        due_at=due_at,
    )
    nudge(attempt.organization_id, str(attempt.pk), due_at)


def nudge(organization_id: int | None, attempt_id: str, due_at: datetime) -> None:
    """Asks a worker to send it after the commit, once it is due. When the broker is away, the sweeper sends it."""
    from gateways.tasks import send_attempt

    facts = {"organization_id": organization_id, "attempt_id": attempt_id}
    wait = max(0.0, (due_at - timezone.now()).total_seconds())
    transaction.on_commit(lambda: send_attempt.apply_async(kwargs=facts, countdown=wait or None), robust=True)


def take_back(message: Message, *, by: Member) -> None:
    """Unsays a message that no worker has taken up. Raises TooLate."""
    with transaction.atomic():
        waiting = Attempt.objects.filter(message=message, state=DeliveryState.QUEUED, claimed_at=None, tries=0)
        if not waiting.delete()[0]:
            raise refusals.TooLate
        line = message.event
        taking_back.take_back(message, by=by)
        transaction.on_commit(lambda: live.show_line(line), robust=True)


def due(now: datetime) -> AttemptQuerySet:
    return Attempt.objects.due(now, lease=LEASE)


def send(organization_id: int, attempt_id: str) -> None:
    """Sends the attempt unless another worker does. Not to be called inside a transaction."""
    with enter(organization_id):
        attempt = _claim(attempt_id, timezone.now())
    if attempt is None:
        return
    try:
        with enter(organization_id):
            prepared = _prepared(attempt)
        receipt = email.send(prepared)
    except PermanentFailure as failure:
        outcome: dict[str, Any] = {"state": DeliveryState.FAILED, "answer": str(failure)}
    except TemporaryFailure as failure:
        outcome = _another_time(attempt, str(failure))
    except Exception as failure:
        log.exception("attempt_broke", attempt=attempt_id)
        outcome = _another_time(attempt, repr(failure))
    else:
        outcome = {"state": DeliveryState.SENT, "sent_at": timezone.now(), **vars(receipt)}
    with enter(organization_id):
        if not _record(attempt, Attempt.objects.claimed_as(attempt), **outcome):
            _keep_receipt(attempt, **outcome)


def fail(attempt: Attempt, reason: str) -> None:
    """A mail that was taken and came back, whatever else was heard of it: a scanner opens what nobody gets."""
    mine = Attempt.objects.may_fail().filter(pk=attempt.pk)
    _record(attempt, mine, state=DeliveryState.FAILED, answer=reason)


def _claim(attempt_id: str, now: datetime) -> Attempt | None:
    won = due(now).filter(pk=attempt_id).order_by().update(claimed_at=now, tries=F("tries") + 1)
    return Attempt.objects.with_message().get(pk=attempt_id) if won else None


def _prepared(attempt: Attempt) -> email.Prepared:
    if attempt.message.conversation.person.stopped_at:
        raise PermanentFailure(_("This person wrote STOP and is not written to until they write START."))
    if not attempt.address:
        raise PermanentFailure(_("There is no email address to write to. Add one first."))
    return email.prepare(attempt)


def _another_time(attempt: Attempt, answer: str) -> dict[str, Any]:
    if attempt.tries > len(PAUSES):
        return {"state": DeliveryState.FAILED, "answer": answer}
    due_at = timezone.now() + PAUSES[attempt.tries - 1]
    return {"state": DeliveryState.QUEUED, "answer": answer, "due_at": due_at, "claimed_at": None}


def _keep_receipt(attempt: Attempt, *, state: str, **facts: Any) -> None:
    """Somebody's scanner was quicker than our commit, and it stands as opened: what the provider knows it by is still
    to be known, or no bounce would be about it."""
    if state == DeliveryState.SENT:
        Attempt.objects.filter(pk=attempt.pk, claimed_at=attempt.claimed_at, sent_at=None).update(**facts)


def _mark_last(conversation: Conversation, message: Message) -> None:
    """Lists tell of a reply that could not be delivered, as long as it is the last message."""
    if conversation.last_message_at == message.created_at:
        conversation.show_last(message, [file.name for file in message.files.all()])


def _record(attempt: Attempt, mine: AttemptQuerySet, **outcome: Any) -> bool:
    """Writes what happened, on the attempt and under its message, unless it isn't `mine` any more; whether it was."""
    outcome["answer"] = outcome["answer"][:2000]
    if not mine.update(**outcome):
        return False
    message, state = attempt.message, outcome["state"]
    message.delivery_state = state
    message.delivery_reason = "" if state == DeliveryState.SENT else outcome["answer"][:300]
    message.save(update_fields=["delivery_state", "delivery_reason"])
    if state == DeliveryState.FAILED:
        with message.conversation.changing() as conversation:
            _mark_last(conversation, message)
            data = {"message": str(message.pk), "reason": message.delivery_reason, "address": attempt.address}
            Event.record(conversation, Event.Kind.MAIL_FAILED, at=timezone.now(), data=data)
    transaction.on_commit(lambda: live.show_message(message), robust=True)
    return True
