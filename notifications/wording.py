"""What a notification says, in the language that is active: what happened, who really wrote, the words themselves."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from conversations.models import Event, Message
from conversations.wording import reason_of
from conversations.wording import sentence as sentence_of
from notifications.models import Notification

Kind = Notification.Kind


def sentence(notification: Notification) -> str:
    event = notification.event
    names = {
        "person": notification.conversation.person.name,
        "by": event.member.name if event.member else "RecruitChat",
        "sender": _third_party(notification),
    }
    sentences = {
        Kind.NEW_LEAD: _("New lead: %(person)s"),
        Kind.MESSAGE_RECEIVED: _written(is_third_party=bool(names["sender"])),
        Kind.MENTIONED: _("%(by)s mentioned you: %(person)s"),
        Kind.DELIVERED: _("%(by)s delivered %(person)s to you"),
        Kind.ANSWERED: answered(event),
        Kind.UNDELIVERED: _("%(person)s still waits for your delivery"),
        Kind.ASSIGNED: _("%(person)s was assigned to you"),
        Kind.MAIL_FAILED: _("A message to %(person)s could not be delivered"),
        Kind.MAIL_HELD: _("Mails to the conversation with %(person)s are held back"),
        Kind.REPLY_HELD: _("Your planned message to %(person)s was not sent"),
    }
    return sentences[Kind(notification.kind)] % names


def _written(*, is_third_party: bool) -> str:
    """Who has written, with places for names: what somebody else wrote is never said to be the person's."""
    if is_third_party:
        return _("Somebody else wrote in the conversation with %(person)s: %(sender)s")
    return _("%(person)s has written")


def answered(event: Event) -> str:
    """What a recipient answered, with places for names."""
    if event.data.get("answer") == "not_a_fit":
        return _("%(by)s answered: %(person)s is not a fit")
    return _("%(by)s accepted %(person)s")


def said(notification: Notification) -> str:
    """The words it is about."""
    event = notification.event
    if notification.kind in {Kind.MAIL_FAILED, Kind.REPLY_HELD}:
        return reason_of(event)
    if notification.kind == Kind.DELIVERED:
        return " ".join(filter(None, [event.data.get("status"), "★" * (event.data.get("stars") or 0)]))
    if notification.kind in {Kind.ANSWERED, Kind.MAIL_HELD}:
        return str(event.data.get("text") or event.data.get("sender", ""))
    if notification.kind == Kind.UNDELIVERED:
        return sentence_of(event)
    if event.message:
        return _in_their_name(event.message)
    inbound = notification.conversation.messages.filter(kind=Message.Kind.INBOUND).order_by("created_at")
    latest = inbound.last()
    return _in_their_name(latest) if latest else ""


def all_said(together: Sequence[Notification]) -> str:
    """The words of several of one conversation, with a mark wherever the writer changes."""
    parts = ("\n\n".join(filter(None, map(said, each))) for _writer, each in groupby(together, key=_third_party))
    return "\n\n* * *\n\n".join(filter(None, parts))


def _third_party(notification: Notification) -> str:
    """Who wrote what it is about, if that isn't the person."""
    message = notification.event.message
    return message.third_party if message else ""


def _in_their_name(message: Message) -> str:
    """What was said, after the name, address and doubt of whoever isn't the person."""
    if not message.third_party:
        return message.text
    writer = f"{message.third_party} ({_('somebody else')})"
    return f"{writer}\n{message.get_doubt_display()}".strip() + f"\n\n{message.text}"
