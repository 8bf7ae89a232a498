"""A message as the mail that brings it to the person."""

from email.utils import formataddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.mailing import written
from conversations.models import Conversation, Message, MessageFile, ReplyKey
from gateways.email.headers import Headers
from gateways.email.identity import mail_id
from gateways.email.structure import headers_in
from gateways.models import Arrival, Attempt, ChannelAccount

MOST_ATTACHED = 10 * 1024 * 1024  # bytes; many servers refuse a mail above 20 MB, and base64 adds a third


def compose(attempt: Attempt) -> EmailMultiAlternatives:
    """Inside the organization. The envelope's sender is the reply address, so that bounces find the conversation."""
    message, conversation = attempt.message, attempt.message.conversation
    language = conversation.person.language
    link = ReplyKey.of(conversation, ReplyKey.Use.LINK)
    address = ReplyKey.of(conversation, ReplyKey.Use.ADDRESS).address
    attached, linked = attached_and_linked(list(message.files.select_related("content")))
    mail = written(
        "message",
        language,
        {
            "message": message,
            "conversation": conversation,
            "organization": conversation.organization,
            "reply_url": link.url,
            "stored_url": settings.SITE_URL + reverse("candidate_stored", args=[link.token]),
            "stop_url": settings.SITE_URL + reverse("candidate_stop", args=[link.token]),
            "linked": [(file, file_url(link, file)) for file in linked],
        },
        subject=subject_of(conversation),
        from_email=address,
        to=[formataddr((conversation.person.name, attempt.address))],
        reply_to=[formataddr((sender_name(message), address))],
        headers={
            "From": formataddr((sender_name(message), sender_address(conversation))),
            "Message-ID": f"<{mail_id(message.pk)}>",
        }
        | thread_headers(message),
    )
    for file in attached:
        mail.attach(file.name, bytes(file.content.content), file.content_type)
    return mail


def sender_name(message: Message) -> str:
    return f"{message.author_name}, {message.conversation.organization.name}"


def sender_address(conversation: Conversation) -> str:
    """The campaign's own mailbox when it has one, else the installation's address."""
    own = ChannelAccount.objects.filter(channel="email", is_active=True, campaign=conversation.campaign_id)
    account = own.order_by("pk").first() if conversation.campaign_id else None
    return account.address if account else settings.DEFAULT_FROM_EMAIL


def subject_of(conversation: Conversation) -> str:
    """The same for the whole conversation, so that mail programs keep it together."""
    organization = conversation.organization.name
    if conversation.campaign:
        return f"{conversation.campaign.name} – {organization}"
    with override(conversation.person.language):
        return _("Message from %(organization)s") % {"organization": organization}


def attached_and_linked(files: list[MessageFile]) -> tuple[list[MessageFile], list[MessageFile]]:
    """The files that fit into a mail, and those that are only named with a link."""
    attached: list[MessageFile] = []
    for file in files:
        if file.size + sum(one.size for one in attached) <= MOST_ATTACHED:
            attached.append(file)
    return attached, [file for file in files if file not in attached]


def file_url(link: ReplyKey, file: MessageFile) -> str:
    return settings.SITE_URL + reverse("candidate_file", args=[link.token, file.pk, file.name])


def thread_headers(message: Message) -> dict[str, str]:
    """RFC 5322, 3.6.4: the mail before this one, and the way here from the first."""
    earlier = message.conversation.messages.filter(event__number__lt=message.event.number).exclude(kind="note")
    ids = [one for said in earlier.order_by("event__number") if (one := _id_of(said))]
    if not ids:
        return {}
    wanted = ids if len(ids) <= 10 else ids[:1] + ids[-9:]
    return {"In-Reply-To": f"<{ids[-1]}>", "References": " ".join(f"<{one}>" for one in wanted)}


def _id_of(said: Message) -> str:
    if said.kind == Message.Kind.OUTBOUND:
        return mail_id(said.pk)
    if said.channel != "email":
        return ""
    arrival = Arrival.objects.filter(message=said).only("raw").first()
    return _own_id(headers_in(bytes(arrival.raw))) if arrival else ""


def _own_id(headers: Headers) -> str:
    """An id that may stand in a header of ours: someone else wrote it."""
    value: Any = headers.get("Message-ID").strip().strip("<>")
    return value if value.isascii() and value.isprintable() and " " not in value and len(value) < 500 else ""
