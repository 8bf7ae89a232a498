"""What a mail is once it has been read."""

from dataclasses import dataclass
from datetime import datetime

from gateways.email.headers import Headers
from gateways.email.markup import Line


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    address: str

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class File:
    """`content_id` is set (without brackets) for a file that the HTML shows inline."""

    name: str
    content_type: str
    content: bytes
    content_id: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """Ids are without angle brackets; a mail that answers several names the others in `references`. `sender.address` is
    empty where none is named. No NUL in `text`. `lines` are the text's, with what the HTML says of each; empty where it
    is plain."""

    headers: Headers
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    sender: Address = Address("", "")
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    html: str = ""
    files: tuple[File, ...] = ()
    lines: tuple[Line, ...] = ()
