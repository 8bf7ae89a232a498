"""The tree of a mail's parts, refusing what was built to choke a parser."""

import binascii
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from secrets import token_hex

from gateways.email.charset import clean, codec_named, decode
from gateways.email.headers import Headers, headers_of, mend, readable

MOST_PARTS = 500
DEEPEST = 40
BOUNDARY = re.compile(rb"(?i)\bboundary\*?0?\*?\s{0,9}=\s{0,9}(\"[^\"\r\n]{1,200}\"|[^\s;\"]{1,200})")
META = re.compile(rb"(?i)<meta\s[^<>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([a-z0-9_.:-]{1,40})")
LINES_OF_A_FILE = re.compile(rb"(?m)(?:^[A-Za-z0-9+/]{60,76}\r?\n){20,}+")  # RFC 2045, 6.8


class Unreadable(Exception):
    """More parts or deeper nesting than a mail between people has."""


def parse(raw: bytes) -> Message:
    """Raises Unreadable, and whatever the standard library raises on a mail it can't take."""
    mended = mend(raw)
    head, _, body = mended.partition(b"\n\n")
    root = message_from_bytes(head + b"\n\n", policy=compat32)
    if root.get_content_maintype() in ("multipart", "message"):
        return _tree(mended)
    root.set_payload(body.decode("ascii", "surrogateescape"))  # the parser would go through it line by line
    return root


def _tree(mended: bytes) -> Message:
    """The parser goes through every line, and most lines of a mail are those of its files: they are set aside."""
    aside: dict[str, str] = {}
    mark = f"aside-{token_hex(16)}-"

    def set_aside(lines: re.Match[bytes]) -> bytes:
        name = f"{mark}{len(aside):06}"
        aside[name] = lines[0].decode("ascii")
        return name.encode() + b"\n"

    light = LINES_OF_A_FILE.sub(set_aside, mended)
    _refuse_a_maze(light)
    root = message_from_bytes(light, policy=compat32)
    for part in root.walk() if aside else ():
        _put_back(part, mark, aside)
    return root


def _put_back(part: Message, mark: str, aside: dict[str, str]) -> None:
    def lines(name: re.Match[str]) -> str:
        return aside[name[1]] if name[2] else re.sub(r"\r?\n\Z", "", aside[name[1]])

    text = part.get_payload()
    if isinstance(text, str) and mark in text:
        part.set_payload(re.sub(rf"({mark}\d{{6}})(\n?)", lines, text))


def headers_in(raw: bytes, language: str | None = None) -> Headers:
    """The header block alone, which can always be read."""
    head = mend(raw[:4_000_000]).partition(b"\n\n")[0].decode("ascii", "surrogateescape")
    fields = (line.partition(":") for line in head.split("\n"))
    return headers_of([(name.strip(), value) for name, colon, value in fields if colon], language)


def headers_from(part: Message, language: str | None = None) -> Headers:
    return headers_of([(name, str(value)) for name, value in part.raw_items()], language)


def _refuse_a_maze(raw: bytes) -> None:
    boundaries = {found.strip(b'"') for found in BOUNDARY.findall(raw)}
    if len(boundaries) > DEEPEST or sum(raw.count(b"\n--" + one) for one in boundaries) > MOST_PARTS:
        raise Unreadable


def leaves(root: Message) -> Iterator[Message]:
    """Every part that isn't a container, in order. An attached mail is one leaf."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(children(part))
        else:
            yield part


def children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def content_of(part: Message) -> bytes:
    """The bytes of a leaf, its transfer encoding taken off as far as that goes."""
    if part.get_content_maintype() == "message" and (attached := children(part)):
        return _attached_mail(part, attached)
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _attached_mail(part: Message, attached: list[Message]) -> bytes:
    if "base64" in str(part.get("Content-Transfer-Encoding", "")).lower():
        return _from_base64(attached[0])
    return b"\n".join(_as_bytes(one) for one in attached)


def _from_base64(attached: Message) -> bytes:
    """RFC 2046 forbids base64 around a mail, so the parser took the letters for its text."""
    letters = str(attached.get_payload()).encode("ascii", "ignore")
    try:
        return binascii.a2b_base64(letters)
    except binascii.Error:
        return letters


def _as_bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except Exception:  # noqa: BLE001 - the generator raises whatever it trips over; an attached mail must not sink its carrier
        return str(message.get_payload()).encode("utf-8", "replace")


def text_of(part: Message, language: str | None = None) -> str:
    content = content_of(part)
    charset = part.get_content_charset() if part.get_param("charset") else None
    if part.get_content_type() == "text/html" and not codec_named(charset) and (said := META.search(content[:2_000])):
        charset = said[1].decode()
    return decode(content, charset, language)


def parameter(part: Message, header: str, name: str, language: str | None = None) -> str:
    """A parameter of a header: RFC 2231, RFC 2047 in quotes (common, if forbidden), or raw bytes."""
    value = _without_raw_bytes(part, header, language).get_param(name, header=header)
    if isinstance(value, tuple):
        charset, _, letters = value
        return clean(decode(str(letters).encode("latin-1", "replace"), charset or None, language))
    return readable(str(value), language) if value else ""


def _without_raw_bytes(part: Message, header: str, language: str | None) -> Message:
    """The library replaces 8-bit bytes in a header by question marks; we read them."""
    given = next((str(value) for key, value in part.raw_items() if key.lower() == header), "")
    if given.isascii():
        return part
    read: Message = Message(policy=compat32)
    read[header] = decode(given.encode("utf-8", "surrogateescape"), None, language)
    return read
