"""The one automatic answer that a refused mail gets, to its author and nobody else (RFC 3834)."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.addressed_mail import AddressedMail
from accounts.mailing import PermanentFailure, named, notice, written
from accounts.models import Member
from conversations.models import Conversation, ReplyKey
from gateways.email import by_member
from gateways.email.identity import token_in
from gateways.email.mail import Mail
from gateways.email.reading import read
from gateways.email.sender import doubt_of
from gateways.models import Arrival
from people.finding import knows, person_at
from people.models import AutomaticAnswer


def compose(arrival: Arrival) -> AddressedMail | None:
    """None when its author isn't who they seem: an answer would go to somebody who never wrote; has no address that
    mail can be sent to; or got another one today. Composed once more, for another try, it is the same answer."""
    try:
        mail = _composed(arrival)
    except PermanentFailure:
        return None
    return mail if mail and _may_go(arrival, mail.to[0]) else None


def _may_go(arrival: Arrival, address: str) -> bool:
    """A member is told of each answer that could not be sent: each is another one."""
    at = arrival.understood_at or arrival.arrived_at
    return arrival.refusal == "NotSent" or AutomaticAnswer.may_go_to(address, at=at)


def _composed(arrival: Arrival) -> AddressedMail | None:
    mail = read(bytes(arrival.raw))
    token = token_in(arrival.envelope_to)
    key = ReplyKey.good(token, ReplyKey.Use.ADDRESS, ReplyKey.Use.STAFF).first() if token else None
    if arrival.refusal in {"NotSent", "SenderMismatch"} or by_member.is_for_members(key):
        return _to_member(key, arrival, mail)
    if doubt_of(mail.headers) or _has_stopped(key, mail):
        return None
    if name := {"Forgotten": "forgotten", "EmptyBody": "empty"}.get(arrival.refusal):
        language = key.conversation.person.language if key else arrival.organization.language
        return _written(name, language, arrival, mail)
    return _to_rejected(key, arrival, mail)


def _has_stopped(key: ReplyKey | None, mail: Mail) -> bool:
    """Its author wrote STOP, and is written to no more."""
    known = [person_at(mail.sender.address), key.conversation.person if key else None]
    return any(person and person.stopped_at and knows(person, mail.sender.address) for person in known)


def _to_member(key: ReplyKey | None, arrival: Arrival, mail: Mail) -> AddressedMail | None:
    """To the address that we know, wherever the mail came from."""
    member = (key.member or by_member.author(key, mail.sender.address)) if key else None
    if key is None or member is None or not member.is_active:
        return None
    with override(member.language):
        subject = _("Your answer was not sent")
    return notice(
        "not_sent",
        member.language,
        {"explanation": arrival.explanation, "is_for_guest": member.is_guest, **_where(key.conversation, member)},
        organization=arrival.organization,
        subject=f"[RecruitChat] {subject}",
        to=[member.user.email],
        headers=_answering(mail),
    )


def _where(conversation: Conversation, member: Member) -> dict[str, Any]:
    """Whom it was for, and the page to say it on; nothing of these to who may not see them any more."""
    if member.is_guest or not Conversation.objects.visible_to(member).filter(pk=conversation.pk).exists():
        return {}
    return {"conversation": conversation, "url": settings.SITE_URL + reverse("conversation", args=[conversation.pk])}


def _to_rejected(key: ReplyKey | None, arrival: Arrival, mail: Mail) -> AddressedMail | None:
    person = key.conversation.person if key else person_at(mail.sender.address)
    if person is None or not knows(person, mail.sender.address):
        return None
    return _written("rejected", person.language, arrival, mail, about=key.conversation if key else None)


def _written(
    name: str, language: str, arrival: Arrival, mail: Mail, *, about: Conversation | None = None
) -> AddressedMail:
    organization = arrival.organization
    headers = _answering(mail) | {"From": named(organization.name, settings.DEFAULT_FROM_EMAIL)}
    with override(language):
        subject = _("Your message to %(organization)s was not delivered") % {"organization": organization.name}
    context = {"organization": organization, "conversation": about}
    fields: dict[str, Any] = {"from_email": settings.DEFAULT_FROM_EMAIL, "to": [named("", mail.sender.address)]}
    return written(name, language, context, headers=headers, subject=subject, **fields)


def _answering(mail: Mail) -> dict[str, str]:
    headers, mail_id = {"Auto-Submitted": "auto-replied"}, mail.message_id
    if mail_id and mail_id.isascii() and mail_id.isprintable() and " " not in mail_id:
        headers |= {"In-Reply-To": f"<{mail_id}>", "References": f"<{mail_id}>"}
    return headers
