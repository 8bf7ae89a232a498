"""Telling members what concerns them: a row for each, shown in the app at once and mailed when they haven't looked."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Member, Role
from accounts.presence import is_away
from conversations import groups
from conversations.broadcasting import Broadcast, broadcast
from conversations.models import Conversation, Event, Message
from notifications.models import Notification

Kind = Notification.Kind
DIGEST_AFTER = timedelta(minutes=15)  # who is away gets one mail of all that happened
DIGESTED = {Kind.NEW_LEAD, Kind.MESSAGE_RECEIVED, Kind.MENTIONED, Kind.ASSIGNED}
TIME_TO_LOOK = timedelta(seconds=5)  # whoever has the conversation before them gets no mail about it


def tell(
    event: Event,
    kind: str,
    members: Iterable[Member] = (),
    *,
    addresses: Iterable[str] = (),
    by_mail: bool = True,
    after: timedelta = timedelta(0),
) -> None:
    """Tells each member, and each address, once of this event; `after` is how long the mail waits."""
    now = timezone.now()
    told: list[dict[str, Any]] = [{"member": member} for member in members if member.is_active]
    told += [{"address": address} for address in addresses]
    for whom in told:
        facts = {"kind": kind, "event": event, **({"member": None, "address": ""} | whom)}
        wait = DIGEST_AFTER if facts["member"] and kind in DIGESTED and is_away(facts["member"]) else after
        due_at = now + wait if by_mail else None
        notification, is_new = Notification.objects.get_or_create(
            **facts, defaults={"conversation_id": event.conversation_id, "mail_due_at": due_at}
        )
        if is_new:
            _show(notification)
            _nudge(notification, wait)


def tell_of_message(event: Event) -> None:
    """The candidate wrote: the addresses of the campaign are told, by default the owner, else who is in turn."""
    conversation = event.conversation
    staff, addresses = _addressees(conversation)
    tell(event, Kind.MESSAGE_RECEIVED, staff, addresses=addresses, after=TIME_TO_LOOK)
    if conversation.owner and _is_first(event):
        return  # a new lead, of which the assignment tells
    owner = [conversation.owner] if conversation.owner else _in_turn(event)
    others = [member for member in owner if member not in staff]
    tell(event, Kind.MESSAGE_RECEIVED, others, by_mail=not (staff or addresses), after=TIME_TO_LOOK)


def tell_of_application(event: Event) -> None:
    """The candidate applied without a word: the addresses of the campaign are told, as they are of a first message."""
    conversation = event.conversation
    words = conversation.events.filter(number=event.number + 1, kind=Event.Kind.MESSAGE_RECEIVED)
    staff, addresses = _addressees(conversation)
    if (staff or addresses) and not words.exists():
        others = [member for member in staff if member != conversation.owner]  # whom the assignment tells
        tell(event, Kind.NEW_LEAD, others, addresses=addresses, after=TIME_TO_LOOK)


def tell_of_assignment(event: Event) -> None:
    """Whoever has become the owner by another's hand, or by rotation."""
    owner = event.conversation.owner
    if owner is None or owner == event.member or event.data.get("to") != owner.name:
        return
    is_lead = event.member_id is None and event.conversation.last_outbound_at is None
    tell(event, Kind.NEW_LEAD if is_lead else Kind.ASSIGNED, [owner], after=TIME_TO_LOOK)


def tell_of_mention(event: Event) -> None:
    assert event.member_id  # a note has an author
    mentioned = Member.objects.staff().filter(mentions__message=event.message).exclude(pk=event.member_id)
    tell(event, Kind.MENTIONED, mentioned.select_related("user"), after=TIME_TO_LOOK)


def tell_of_answer(event: Event) -> None:
    """Who delivered, of what a recipient answered."""
    assert event.member_id  # somebody answers
    author = Member.objects.filter(pk=event.data["author"]).exclude(pk=event.member_id).select_related("user")
    tell(event, Kind.ANSWERED, author, after=TIME_TO_LOOK)


def tell_of_undelivered(event: Event) -> None:
    """The owner, of a conversation that has gone on for long without a delivery."""
    tell(event, Kind.UNDELIVERED, [owner] if (owner := event.conversation.owner) else [], after=TIME_TO_LOOK)


def tell_of_failure(event: Event) -> None:
    """The author of what didn't arrive, and the owner."""
    message = Message.objects.select_related("author__user").filter(pk=event.data["message"]).first()
    concerned = {message.author if message else None, event.conversation.owner}
    tell(event, Kind.MAIL_FAILED, [member for member in concerned if member and not member.is_guest])


def tell_of_held(event: Event) -> None:
    """The owner and the admins, who can let it in."""
    admins = Member.objects.staff().filter(role=Role.ADMIN).select_related("user")
    concerned = {event.conversation.owner, *admins}
    tell(event, Kind.MAIL_HELD, [member for member in concerned if member])


def tell_of_unsent(event: Event) -> None:
    """The author of a planned message that didn't leave."""
    tell(event, Kind.REPLY_HELD, [event.member] if event.member and not event.member.is_guest else [])


def _addressees(conversation: Conversation) -> tuple[list[Member], list[str]]:
    """Who is at the addresses of its campaign, and those where no member is."""
    addresses = [address.lower() for address in conversation.campaign.notify_addresses] if conversation.campaign else []
    if not addresses:
        return [], []
    staff = list(Member.objects.staff().filter(user__email__in=addresses).select_related("user"))
    known = {member.user.email for member in staff}
    return staff, [address for address in addresses if address not in known]


def _in_turn(event: Event) -> list[Member]:
    campaign = event.conversation.campaign
    return [access.member for access in campaign.in_turn] if campaign else []


def _is_first(event: Event) -> bool:
    return not event.conversation.messages.filter(event__number__lt=event.number).exists()


def _show(notification: Notification) -> None:
    if notification.member_id:
        group = groups.of_member(notification.organization_id, notification.member_id)
        message = {"type": "notification", "notification": str(notification.pk)}
        transaction.on_commit(lambda: broadcast(Broadcast([group], lambda: message)), robust=True)


def _nudge(notification: Notification, after: timedelta) -> None:
    from notifications.tasks import mail_notification

    facts = {"organization_id": notification.organization_id, "notification_id": str(notification.pk)}
    if notification.mail_due_at and after < DIGEST_AFTER:  # later, the sweeper comes
        transaction.on_commit(
            lambda: mail_notification.apply_async(kwargs=facts, countdown=after.total_seconds()), robust=True
        )
