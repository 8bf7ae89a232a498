"""Who said it: the person only where the mail comes from an address of theirs and nothing speaks against it."""

from typing import NamedTuple

from django.conf import settings

from conversations.models import Conversation, Doubt
from gateways.email.authentication import HEADER, dmarc
from gateways.email.letter import Letter
from gateways.models import Arrival, ChannelAccount
from people.finding import knows


class Writer(NamedTuple):
    """`third_party` is empty for the person themselves; `doubt` is a Doubt, or empty."""

    third_party: str = ""
    doubt: str = ""


def writer_of(letter: Letter, conversation: Conversation) -> Writer:
    if not letter.mail.sender.address:
        return Writer(letter.writer, Doubt.STRANGER)
    if is_forged(letter):
        return Writer(letter.writer, Doubt.FORGED)
    if knows(conversation.person, letter.address):
        return Writer()
    return Writer(letter.writer, "" if was_introduced(letter.address, conversation) else Doubt.STRANGER)


def is_forged(letter: Letter) -> bool:
    """The receiving server says that whoever sent this may not use the address in From."""
    headers = letter.mail.headers
    return HEADER in headers and dmarc(headers, trusted_servers()) == "fail"


def trusted_servers() -> list[str]:
    own = ChannelAccount.objects.filter(channel="email", is_active=True).exclude(trusted_server="")
    return [*settings.TRUSTED_MAIL_SERVERS, *own.values_list("trusted_server", flat=True)]


def was_introduced(address: str, conversation: Conversation) -> bool:
    """The person themselves had put this address into To or Cc of an earlier mail."""
    said = Arrival.objects.filter(message__conversation=conversation, message__third_party="", message__doubt="")
    return said.filter(recipients__contains=[address]).exists()
