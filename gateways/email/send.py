"""Brings a message to the person by mail."""

from dataclasses import dataclass
from typing import NamedTuple

from django.core.mail.backends.base import BaseEmailBackend

from accounts.mailing import hand_over
from gateways.email.compose import compose
from gateways.email.sending_as import mailbox_of
from gateways.email.signing import SignedMail
from gateways.models import Attempt


@dataclass(frozen=True)
class Receipt:
    """What the provider knows the message by, and what it said."""

    provider_id: str
    answer: str


class Prepared(NamedTuple):
    mail: SignedMail
    transport: BaseEmailBackend | None


def prepare(attempt: Attempt) -> Prepared:
    """Everything that needs the database."""
    mailbox = mailbox_of(attempt.message.conversation)
    return Prepared(compose(attempt, mailbox), mailbox.transport)


def send(prepared: Prepared) -> Receipt:
    """Everything that needs the network. Raises TemporaryFailure, PermanentFailure."""
    mail = prepared.mail
    hand_over(mail, prepared.transport)
    return Receipt(provider_id=provider_id(mail), answer="accepted")


def provider_id(mail: SignedMail) -> str:
    """What a provider will name the mail by in its reports; of a mere server, the Message-ID."""
    status = getattr(mail, "anymail_status", None)
    told = getattr(status, "message_id", None)
    return (told if isinstance(told, str) else mail.extra_headers["Message-ID"]).strip("<>")
