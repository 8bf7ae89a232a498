"""The one automatic answer that a refused mail gets, to its author and nobody else (RFC 3834)."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.mailing import PermanentFailure, named, written
from conversations.models import Conversation, ReplyKey
from gateways.email.authentication import dmarc
from gateways.email.automatic import verdict
from gateways.email.identity import token_in
from gateways.email.mail import Mail
from gateways.email.reading import read
from gateways.email.sender import trusted_servers
from gateways.models import Arrival
from people.finding import knows, person_at
from people.models import AutomaticAnswer


def may_answer(arrival: Arrival) -> bool:
    """A person wrote it, and nothing automatic went to their address within a day.

    A member is told of each answer that could not be sent: each is another one.
    """
    if verdict(bytes(arrival.raw)).must_not_answer:
        return False
    return arrival.refusal == "NotSent" or AutomaticAnswer.may_go_to(arrival.sender, at=timezone.now())


def compose(arrival: Arrival) -> EmailMultiAlternatives | None:
    """None when its author isn't who they seem: an answer would go to somebody who never wrote; or has no address that
    mail can be sent to."""
    try:
        return _composed(arrival)
    except PermanentFailure:
        return None


def _composed(arrival: Arrival) -> EmailMultiAlternatives | None:
    mail = read(bytes(arrival.raw))
    sender = mail.sender.address
    token = token_in(arrival.envelope_to)
    key = ReplyKey.good(token, ReplyKey.Use.ADDRESS).first() if token else None
    if arrival.refusal == "NotSent":
        return _written("not_sent", key.member.language, arrival, mail) if key and key.member else None
    if dmarc(mail.headers, trusted_servers()) == "fail":
        return None
    if arrival.refusal == "Forgotten":
        return _written("forgotten", arrival.organization.language, arrival, mail)
    person = key.conversation.person if key else person_at(sender)
    if person is None or person.stopped_at or not knows(person, sender):
        return None
    return _written("rejected", person.language, arrival, mail, about=key.conversation if key else None)


def _written(
    name: str, language: str, arrival: Arrival, mail: Mail, *, about: Conversation | None = None
) -> EmailMultiAlternatives:
    organization, mail_id = arrival.organization, mail.message_id
    headers = {"Auto-Submitted": "auto-replied", "From": named(organization.name, settings.DEFAULT_FROM_EMAIL)}
    if mail_id and mail_id.isascii() and mail_id.isprintable() and " " not in mail_id:
        headers |= {"In-Reply-To": f"<{mail_id}>", "References": f"<{mail_id}>"}
    with override(language):
        subject = _("Your message to %(organization)s was not delivered") % {"organization": organization.name}
    context = {"organization": organization, "conversation": about, "explanation": arrival.explanation}
    fields: dict[str, Any] = {"from_email": settings.DEFAULT_FROM_EMAIL, "to": [named("", mail.sender.address)]}
    return written(name, language, context, headers=headers, subject=subject, **fields)
