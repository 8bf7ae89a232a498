"""Mails whose names of people and organizations arrive as they are, whatever stands in them."""

from email import policy as policies
from email.header import Header
from email.headerregistry import Address, HeaderRegistry, UniqueAddressHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import formataddr
from typing import Any

from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 75  # of encoded words: RFC 2047, 2


class WholeNames(UniqueAddressHeader):
    """Encodes a name that needs it as a whole. Left to Python, only those of its words are that need it, and a comma
    between the others, which no quotes hold any more, makes two senders of one (cpython issue 121284)."""

    addresses: tuple[Address, ...]
    name: str

    def fold(self, *, policy: EmailPolicy) -> str:
        written = (_written(one, policy.linesep) for one in self.addresses)
        return f"{self.name}: {f',{policy.linesep} '.join(written)}{policy.linesep}"


def _written(one: Address, linesep: str) -> str:
    if one.display_name.isascii():
        return formataddr((one.display_name, one.addr_spec))
    encoded = Header(one.display_name, "utf-8", maxlinelen=LONGEST_LINE, header_name="Reply-To")
    return f"{encoded.encode(linesep=linesep)}{linesep} <{one.addr_spec}>"


HEADERS = HeaderRegistry()
for field in ("From", "To", "Cc", "Reply-To"):
    HEADERS.map_to_type(field, WholeNames)  # type: ignore[arg-type] # the registry adds the base


class AddressedMail(EmailMultiAlternatives):
    def message(self, *, policy: Any = policies.default) -> EmailMessage:
        return super().message(policy=policy.clone(header_factory=HEADERS))
