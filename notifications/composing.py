"""What a notification says by mail: plainly from the product, so that nobody takes it for the candidate's own mail."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import ngettext, override

from accounts.addressed_mail import AddressedMail
from accounts.mailing import notice
from conversations.models import ReplyKey
from notifications.models import Notification
from notifications.wording import all_said, said, sentence

Kind = Notification.Kind
ANSWERABLE = {Kind.NEW_LEAD, Kind.MESSAGE_RECEIVED, Kind.ASSIGNED}
ANSWERABLE_BY_GUESTS = ANSWERABLE | {Kind.DELIVERED}


def compose(together: Sequence[Notification]) -> AddressedMail:
    """Inside the organization. Of several things the mail is a digest; of several lines of one conversation, one mail
    with all that was said."""
    if len({notification.conversation_id for notification in together}) > 1:
        return _digest(together)
    return _about(together)


def _digest(together: Sequence[Notification]) -> AddressedMail:
    """What happened while the member was away, or is not delivered for long: a line each."""
    latest, member = together[-1], together[-1].member
    assert member
    with override(member.language):
        lines = [{"sentence": sentence(each), "said": said(each), "url": _link(each)} for each in together]
        are_reminders = {each.kind for each in together} == {Kind.UNDELIVERED}
        subject = _counted(len(together), are_reminders=are_reminders)
    return notice(
        "digest",
        member.language,
        {"lines": lines, "subject": subject, "are_reminders": are_reminders, "all_url": _all_url()},
        organization=latest.organization,
        subject=f"[RecruitChat] {subject}",
        to=[member.user.email],
        headers={"Message-ID": f"<{latest.pk.hex}.digest@{settings.MAIL_DOMAIN}>"},
    )


def _counted(count: int, *, are_reminders: bool) -> str:
    if are_reminders:
        return ngettext(
            "%(count)d conversation waits for your delivery", "%(count)d conversations wait for your delivery", count
        ) % {"count": count}
    return ngettext("%(count)d thing happened", "%(count)d things happened", count) % {"count": count}


def _all_url() -> str:
    return settings.SITE_URL + reverse("notifications")


def _about(together: Sequence[Notification]) -> AddressedMail:
    """A member who answers it writes to the candidate under their own name."""
    notification = together[-1]
    member, organization = notification.member, notification.organization
    language = member.language if member else organization.language
    reply_to = reply_address(notification)
    with override(language):
        subject, context = f"[RecruitChat] {sentence(notification)}", _what_is_told(together)
    return notice(
        "notification",
        language,
        context | {"reply_to": reply_to},
        organization=organization,
        subject=subject,
        to=[member.user.email if member else notification.address],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": f"<{notification.pk.hex}.{notification.event.number}.told@{settings.MAIL_DOMAIN}>",
            "References": f"<{notification.conversation_id.hex}.told@{settings.MAIL_DOMAIN}>",
        },
    )


def _what_is_told(together: Sequence[Notification]) -> dict[str, Any]:
    notification = together[-1]
    return {
        "conversation": notification.conversation,
        "sentence": sentence(notification),
        "said": all_said(together),
        "is_for_guest": notification.member is not None and notification.member.is_guest,
        "is_delivery": notification.kind == Kind.DELIVERED,
        "url": _link(notification),
    }


def reply_address(notification: Notification) -> str:
    """Where it is answered under the member's name, or that of whoever answers: a guest's answer is a note to the
    colleagues, every other goes out to the candidate."""
    member = notification.member
    if notification.kind not in (ANSWERABLE_BY_GUESTS if member and member.is_guest else ANSWERABLE):
        return ""
    if member is None:
        return ReplyKey.of(notification.conversation, ReplyKey.Use.STAFF).address
    return ReplyKey.of(notification.conversation, ReplyKey.Use.ADDRESS, member).address


def address_of(notification: Notification) -> str:
    """Where the notification leads, without the host. A guest sees no conversation but as it was delivered to them."""
    if notification.kind == Kind.DELIVERED:
        return reverse("delivery:shown", args=[notification.event.data["delivery"]])
    is_for_guest = notification.member and notification.member.is_guest
    return reverse("delivery:latest" if is_for_guest else "conversation", args=[notification.conversation_id])


def _link(notification: Notification) -> str:
    """A guest has no password: theirs leads by the page that sends a code, which whoever is signed in doesn't see."""
    address = address_of(notification)
    if notification.member and notification.member.is_guest:
        address = f"{reverse('account_request_login_code')}?{urlencode({'next': address}, safe='/')}"
    return settings.SITE_URL + address
