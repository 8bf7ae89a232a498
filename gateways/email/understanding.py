"""Arrival → Message: whose mail it is, which conversation it belongs to, what was said in it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import override

from accounts.models import Member
from conversations import refusals as said_no
from conversations.applying import apply
from conversations.attaching import Upload
from conversations.models import Conversation, Message, ReplyKey
from gateways.email import bounced_attempt
from gateways.email.automatic import verdict
from gateways.email.identity import answered, client_id, token_in
from gateways.email.mail import File, Mail
from gateways.email.reading import read
from gateways.email.reply import split
from gateways.models import Arrival, ChannelAccount
from gateways.refusals import (
    AutoReply,
    EmptyBody,
    NotSent,
    RejectedCandidate,
    SenderMismatch,
    UnknownAddress,
    UnknownSender,
)
from people.finding import Applicant, person_at, person_for
from people.models import Person

SMALLEST_PICTURE = 20 * 1024  # bytes; smaller ones inside the text are logos of signatures


@dataclass(frozen=True)
class Letter:
    """A mail taken apart: what was said, what was quoted below it, what was attached."""

    arrival: Arrival
    mail: Mail
    said: str
    quoted: str
    uploads: list[Upload]
    client_id: UUID

    @property
    def writer(self) -> str:
        """Name and address, for people to read."""
        sender = self.mail.sender
        return f"{sender.name} <{sender.address}>" if sender.name else sender.address


def understood(arrival: Arrival) -> Message:
    """Inside the organization. Raises ArrivalRefused; the same mail twice is one message."""
    raw = bytes(arrival.raw)
    key = _key(arrival.envelope_to)
    _refuse_machines(arrival, raw, key)
    letter = _letter(arrival, raw, key.conversation.person.language if key else None)
    if key is None:
        return _take_in(_conversation_of_account(letter), letter)
    if key.member:
        return _reply(key.conversation, key.member, letter)
    return _take_in(key.conversation, letter)


def _key(address: str) -> ReplyKey | None:
    token = token_in(address)
    if not token:
        return None
    key = ReplyKey.good(token, ReplyKey.Use.ADDRESS).select_related("conversation__person", "member__user").first()
    if key is None:
        raise UnknownAddress(address)
    return key


def _refuse_machines(arrival: Arrival, raw: bytes, key: ReplyKey | None) -> None:
    judged = verdict(raw)
    if judged.is_bounce:
        raise bounced_attempt.refusal_of(raw, key.conversation if key else None)
    if judged.is_automatic:
        raise AutoReply(judged.because)


def _letter(arrival: Arrival, raw: bytes, language: str | None) -> Letter:
    mail = read(raw, language=language)
    if not mail.sender.address:
        raise UnknownSender(mail.sender.name)
    said, quoted = split(mail)
    uploads = [Upload(file.name, file.content) for file in mail.files if not _is_logo(file)]
    if not said.strip() and not uploads:
        raise EmptyBody(mail.subject)
    return Letter(arrival, mail, said, quoted, uploads, client_id(raw))


def _is_logo(file: File) -> bool:
    is_picture = file.content_type.startswith("image/")
    return bool(file.content_id) and is_picture and len(file.content) < SMALLEST_PICTURE


def _take_in(conversation: Conversation, letter: Letter) -> Message:
    """The person's own message, or a third party's who was given the address."""
    is_person = knows(conversation.person, letter.mail.sender.address)
    try:
        return conversation.receive(
            letter.said,
            via="email",
            third_party="" if is_person else letter.writer[:320],
            quoted_text=letter.quoted,
            files=letter.uploads,
            client_id=letter.client_id,
            at=letter.arrival.arrived_at,
        )
    except said_no.Rejected as refused:
        raise RejectedCandidate(str(refused)) from refused
    except said_no.NothingSaid as refused:
        raise EmptyBody(str(refused)) from refused


def _reply(conversation: Conversation, member: Member, letter: Letter) -> Message:
    """A member answered the mail that told them."""
    if letter.mail.sender.address != member.user.email or not member.is_active or member.is_guest:
        raise SenderMismatch(f"{letter.writer} wrote to the address of {member.name} <{member.user.email}>.")
    if not Conversation.objects.visible_to(member).filter(pk=conversation.pk).exists():
        raise SenderMismatch(f"{member.name} has no access to this conversation any more.")
    try:
        with override(member.language):  # a refusal is answered in it
            return conversation.reply(
                letter.said, by=member, files=letter.uploads, client_id=letter.client_id, at=letter.arrival.arrived_at
            )
    except said_no.NothingSaid as refused:
        raise EmptyBody(str(refused)) from refused
    except said_no.Refused as refused:
        raise NotSent(str(refused)) from refused


def knows(person: Person, address: str) -> bool:
    """Whether it is one of the person's addresses, a sub-address (anna+jobs@…) included."""
    known = {_without_tag(email.address) for email in person.emails.all()}
    return _without_tag(address.strip().lower()) in known


def _without_tag(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return local.partition("+")[0] + at + domain


def _conversation_of_account(letter: Letter) -> Conversation:
    """By the mail it answers, else the sender's newest open conversation, else a new application."""
    account = ChannelAccount.objects.filter(
        channel="email", address=letter.arrival.envelope_to.strip().lower(), is_active=True
    ).first()
    if account is None:
        raise UnknownAddress(letter.arrival.envelope_to)
    return _answered(letter.mail) or _open_one(letter.mail) or _new_one(account, letter)


def _answered(mail: Mail) -> Conversation | None:
    ids = answered([mail.in_reply_to, *reversed(mail.references)])
    said = Message.objects.filter(pk__in=ids[:20]).select_related("conversation__person").order_by("-created_at")
    message = said.first()
    return message.conversation if message else None


def _open_one(mail: Mail) -> Conversation | None:
    person = person_at(mail.sender.address)
    return person.conversations.open().order_by("-last_message_at").first() if person else None


def _new_one(account: ChannelAccount, letter: Letter) -> Conversation:
    sender, at = letter.mail.sender, letter.arrival.arrived_at
    applicant = Applicant(name=(sender.name or sender.address.partition("@")[0])[:200], email=sender.address)
    if account.campaign:
        return apply(account.campaign, applicant, via="email", at=at).conversation
    person = person_for(applicant, default_language=account.organization.language)
    return Conversation.open_for(person, None, at=at)
