"""Brings a message to the person by mail."""

from dataclasses import dataclass

from django.core.mail import EmailMultiAlternatives

from accounts.mailing import hand_over
from gateways.email.compose import compose
from gateways.models import Attempt


@dataclass(frozen=True)
class Receipt:
    """What the provider knows the message by, and what it said."""

    provider_id: str
    answer: str


def prepare(attempt: Attempt) -> EmailMultiAlternatives:
    """Everything that needs the database."""
    return compose(attempt)


def send(prepared: EmailMultiAlternatives) -> Receipt:
    """Everything that needs the network. Raises TemporaryFailure, PermanentFailure."""
    hand_over(prepared)
    return Receipt(provider_id=prepared.extra_headers["Message-ID"].strip("<>"), answer="accepted")
