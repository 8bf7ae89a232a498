"""A message as the mail that brings it to the person."""

from email.message import MIMEPart
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.mailing import named, written
from conversations.contents import UNKNOWN
from conversations.models import Invitation, MessageFile, ReplyKey
from gateways.email.opening import dot_url
from gateways.email.sending_as import Mailbox, mailbox_of
from gateways.email.signing import SignedMail
from gateways.email.threading import id_of, subject_of, thread_headers
from gateways.email.transport import is_postmark
from gateways.models import Attempt

MOST_ATTACHED = 10 * 1024 * 1024  # bytes; many servers refuse a mail above 20 MB, and base64 adds a third


def compose(attempt: Attempt, mailbox: Mailbox | None = None) -> SignedMail:
    """Inside the organization. By the installation's own way the envelope's sender is the reply address, so that
    bounces find the conversation whatever they tell.

    Raises PermanentFailure: no mail can be sent to the attempt's address.
    """
    message, conversation = attempt.message, attempt.message.conversation
    mailbox = mailbox or mailbox_of(conversation)
    link = ReplyKey.of(conversation, ReplyKey.Use.LINK)
    address = ReplyKey.of(conversation, ReplyKey.Use.ADDRESS).address
    attached, linked = attached_and_linked(list(message.files.filter(withheld="").select_related("content")))
    name, subject = mailbox.name_for(message), subject_of(conversation)
    mail = written(
        "message",
        conversation.person.language,
        _context(attempt, link, linked),
        SignedMail,
        subject=str(subject),
        from_email=mailbox.bounces_to or address,
        to=[named(conversation.person.name, attempt.address)],
        reply_to=[named(name, address)],
        headers={"From": named(name, mailbox.address)} | _headers(attempt, subject.topic, mailbox, link),
    )
    assert isinstance(mail, SignedMail)
    mail.signer = mailbox.signer
    if invitation := Invitation.objects.filter(message=message).first():
        mail.attach_alternative(invitation.calendar, f"text/calendar; method={invitation.method}")
    for file in attached:
        mail.attach(as_it_is(file))
    return mail


def as_it_is(file: MessageFile) -> MIMEPart:
    """Byte for byte: left to Django, a text has its lines ended anew."""
    content = bytes(file.content.content)
    kind, charset = _told_as(file.content_type, content)
    facts: dict[str, Any] = {"disposition": "attachment", "filename": file.name, "params": charset}
    part = MIMEPart()
    part.set_content(content, *kind.split("/", 1), **facts)
    return part


def _told_as(kind: str, content: bytes) -> tuple[str, dict[str, str]]:
    """A text whose charset isn't told is taken for ASCII; what is a mail can't be told to be one and encoded (RFC 2046,
    5.2.1)."""
    if kind.startswith("message/"):
        return UNKNOWN, {}
    if not kind.startswith("text/"):
        return kind, {}
    try:
        content.decode()
    except UnicodeDecodeError:
        return UNKNOWN, {}
    return kind, {"charset": "utf-8"}


def _headers(attempt: Attempt, topic: str, mailbox: Mailbox, link: ReplyKey) -> dict[str, str]:
    return {
        "Message-ID": f"<{id_of(attempt)}>",
        **thread_headers(attempt.message, topic),
        **_way_out(link),
        **({"X-PM-KeepID": "true"} if is_postmark(mailbox.transport) else {}),  # or it writes an id of its own
        **({"Auto-Submitted": "auto-replied"} if attempt.message.is_automatic else {}),  # RFC 3834, 5
    }


def _context(attempt: Attempt, link: ReplyKey, linked: list[MessageFile]) -> dict[str, Any]:
    message, conversation = attempt.message, attempt.message.conversation
    return {
        "message": message,
        "conversation": conversation,
        "organization": conversation.organization,
        "reply_url": link.url,
        "stored_url": settings.SITE_URL + reverse("candidate_stored", args=[link.token]),
        "stop_url": stop_url(link),
        "dot_url": dot_url(attempt) if conversation.organization.counts_opens else "",
        "linked": [(file, file_url(link, file)) for file in linked],
    }


def _way_out(link: ReplyKey) -> dict[str, str]:
    """RFC 8058: the mail program's own button to be written to no more, by one POST."""
    return {"List-Unsubscribe": f"<{stop_url(link)}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def stop_url(link: ReplyKey) -> str:
    return settings.SITE_URL + reverse("candidate_stop", args=[link.token])


def attached_and_linked(files: list[MessageFile]) -> tuple[list[MessageFile], list[MessageFile]]:
    """The files that fit into a mail, and those that are only named with a link."""
    attached: list[MessageFile] = []
    for file in files:
        if file.size + sum(one.size for one in attached) <= MOST_ATTACHED:
            attached.append(file)
    return attached, [file for file in files if file not in attached]


def file_url(link: ReplyKey, file: MessageFile) -> str:
    return settings.SITE_URL + reverse("candidate_file", args=[link.token, file.pk, file.name])
