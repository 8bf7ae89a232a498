"""Brings a message to the person by mail."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from accounts.mailing import hand_over
from gateways.email.compose import compose
from gateways.email.sending_as import Mailbox, mailbox_of
from gateways.email.signing import SignedMail
from gateways.models import Attempt


@dataclass(frozen=True)
class Receipt:
    """What the provider knows the message by, what it said, whose provider it is (the account's, or None: ours), and
    the mail's subject."""

    provider_id: str
    answer: str
    account_id: UUID | None
    subject: str


class Prepared(NamedTuple):
    mail: SignedMail
    mailbox: Mailbox


def prepare(attempt: Attempt) -> Prepared:
    """Everything that needs the database."""
    mailbox = mailbox_of(attempt.message.conversation)
    return Prepared(compose(attempt, mailbox), mailbox)


def send(prepared: Prepared) -> Receipt:
    """Everything that needs the network. Raises TemporaryFailure, PermanentFailure."""
    mail, mailbox = prepared
    hand_over(mail, mailbox.transport)
    return Receipt(provider_id(mail), "accepted", mailbox.account_id, str(mail.subject))


def provider_id(mail: SignedMail) -> str:
    """What a provider will name the mail by in its reports; of a mere server, the Message-ID."""
    status = getattr(mail, "anymail_status", None)
    told = getattr(status, "message_id", None)
    return (told if isinstance(told, str) else mail.extra_headers["Message-ID"]).strip("<>")
