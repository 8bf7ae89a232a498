"""Who said it: the person only where the mail comes from an address of theirs and nothing speaks against it."""

from typing import NamedTuple

from django.conf import settings

from conversations.models import Conversation, Doubt
from gateways.email.authentication import HEADER, authors, dmarc
from gateways.email.headers import Headers
from gateways.email.letter import Letter
from gateways.models import Arrival, ChannelAccount
from people.finding import knows


class Writer(NamedTuple):
    """`third_party` is empty for the person themselves; `doubt` is a Doubt, or empty."""

    third_party: str = ""
    doubt: str = ""


# By what the receiving server found out. An error is no failure, but no proof either: it is told of a mail whose domain
# wants to be believed by proof only. Of one that publishes no such wish (`none`) nothing can be told (RFC 9989).
DOUBTS = {"fail": Doubt.FORGED, "temperror": Doubt.UNPROVEN, "permerror": Doubt.UNPROVEN}


def writer_of(letter: Letter, conversation: Conversation) -> Writer:
    if doubt := doubt_of(letter.mail.headers):
        several = authors(letter.mail.headers)[1:]
        return Writer(", ".join([letter.writer, *several])[:320], doubt)
    if knows(conversation.person, letter.address):
        return Writer()
    return Writer(letter.writer, "" if was_introduced(letter.address, conversation) else Doubt.STRANGER)


def doubt_of(headers: Headers) -> str:
    """Why the address in From isn't taken for the writer's, whoever they are; empty where nothing speaks against it."""
    if len(authors(headers)) != 1:
        return Doubt.STRANGER
    return DOUBTS.get(_verdict(headers), "")


def is_forged(letter: Letter) -> bool:
    """The receiving server says that whoever sent this may not use the address in From."""
    return _verdict(letter.mail.headers) == "fail"


def _verdict(headers: Headers) -> str:
    return dmarc(headers, trusted_servers()) if HEADER in headers else ""


def trusted_servers() -> list[str]:
    own = ChannelAccount.objects.filter(channel="email", is_active=True).exclude(trusted_server="")
    return [*settings.TRUSTED_MAIL_SERVERS, *own.values_list("trusted_server", flat=True)]


def was_introduced(address: str, conversation: Conversation) -> bool:
    """The person themselves had put this address into To or Cc of an earlier mail."""
    said = Arrival.objects.filter(message__conversation=conversation, message__third_party="", message__doubt="")
    return said.filter(recipients__contains=[address]).exists()
