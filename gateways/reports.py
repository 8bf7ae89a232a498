"""What comes back about a mail that has left: delivered, opened, failed. Each may come often, late and out of order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from anymail.signals import AnymailTrackingEvent, EventType
from django.db import transaction
from django.utils import timezone

from accounts.tenancy import enter
from conversations import live
from conversations.models import Conversation, DeliveryState, Event, Message
from conversations.stopping import stop
from gateways import outbox
from gateways.doors import organization_of_account, organization_of_attempt
from gateways.email.opening import Dot, is_by_machine
from gateways.models import Attempt

FAILED = {EventType.BOUNCED, EventType.REJECTED, EventType.FAILED}
UNWANTED = {EventType.COMPLAINED, EventType.UNSUBSCRIBED}


def heard(event: AnymailTrackingEvent, *, account_id: UUID | None) -> None:
    """A report of the provider of this account (None: of the installation). One about a mail that the same didn't send
    is let go: every recipient knows a mail's Message-ID."""
    provider_id = str(event.message_id or "").replace("\x00", "").strip("<>")
    organization_id = organization_of_account(account_id) if account_id else organization_of_attempt(provider_id)
    if not provider_id or not organization_id:
        return
    with enter(organization_id):
        sent = Attempt.objects.sent_by(account_id).with_message()
        attempt = sent.filter(provider_id=provider_id).order_by("-pk").first()
        if attempt:
            _take_in(attempt, event)


def picture_fetched(dot: Dot, headers: Mapping[str, str]) -> None:
    """Somebody's program asked for the picture in a mail."""
    now = timezone.now()
    with enter(dot.organization_id):
        attempt = Attempt.objects.with_message().filter(pk=dot.attempt_id).first()
        if attempt and not is_by_machine(headers, now - attempt.sent_at if attempt.sent_at else None):
            opened(attempt, at=now)


def mail_was_opened(event: Event) -> None:
    """Who followed the link in a mail has opened the mail."""
    if "message" not in event.data:
        return
    attempt = Attempt.objects.with_message().filter(message=event.data.get("message")).order_by("-pk").first()
    if attempt:
        opened(attempt, at=event.created_at)


def opened(attempt: Attempt, *, at: datetime) -> None:
    """Noted once a message, whichever of its mails was opened."""
    facts = {"state": DeliveryState.OPENED, "opened_at": at}
    if not Attempt.objects.may_be_opened().filter(pk=attempt.pk).update(**facts):
        return
    message = attempt.message
    with Conversation.objects.get(pk=message.conversation_id).changing() as conversation:
        known = conversation.events.filter(kind=Event.Kind.MAIL_OPENED, data__message=str(message.pk))
        if not known.exists():
            Event.record(conversation, Event.Kind.MAIL_OPENED, at=at, data={"message": str(message.pk)})
    _show(message, DeliveryState.OPENED)


def delivered(attempt: Attempt, *, at: datetime) -> None:
    facts = {"state": DeliveryState.DELIVERED, "delivered_at": at}
    if Attempt.objects.filter(pk=attempt.pk, state=DeliveryState.SENT).update(**facts):
        _show(attempt.message, DeliveryState.DELIVERED)


def _take_in(attempt: Attempt, event: AnymailTrackingEvent) -> None:
    at = event.timestamp or timezone.now()
    if event.event_type == EventType.DELIVERED:
        delivered(attempt, at=at)
    elif event.event_type in {EventType.OPENED, EventType.CLICKED}:
        since_sent = at - attempt.sent_at if attempt.sent_at else None
        if not is_by_machine({"User-Agent": event.user_agent or ""}, since_sent):
            opened(attempt, at=at)
    elif event.event_type in FAILED:
        outbox.fail(attempt, _reason(event))
    elif event.event_type in UNWANTED:
        stop(attempt.message.conversation, at=at, because=event.event_type)


def _reason(event: AnymailTrackingEvent) -> str:
    told = event.esp_event if isinstance(event.esp_event, dict) else {}
    mailjets = told.get("comment") or told.get("error")
    said: Any = event.mta_response or event.description or mailjets or event.reject_reason or event.event_type
    return " ".join(str(said).split())[:300]


def _show(message: Message, state: str) -> None:
    """The message stands as its latest attempt does."""
    Message.objects.filter(pk=message.pk).update(delivery_state=state, delivery_reason="")
    message.delivery_state, message.delivery_reason = state, ""
    transaction.on_commit(lambda: live.show_message(message), robust=True)
