"""The header block of a mail: mended, decoded, and read without surprises."""

import binascii
import re
from collections.abc import Callable, Iterator
from itertools import islice
from quopri import decodestring

from gateways.email.charset import clean, decode

# What says who, to whom, what about and how it is encoded; of a header block built to choke, only these are kept.
KNOWN_FIELD = re.compile(
    rb"(?im)^(?:from|to|cc|subject|date|references|sender|received|precedence|[a-z]{1,30}-[a-z-]{1,60}):.*\n?"
)
JUNK = re.compile(rb"(?m)^(?![!-9;-~]{1,200}[ \t]*:).*(?:\n|\Z)")
FOLD = re.compile(rb"(?:\r?\n[ \t]+)++")  # possessive: a million folds are not kept in mind to go back to
LONGEST_HEAD = 2_000_000  # bytes
MOST_FIELDS = 1_000
WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{1,20})?\?([bBqQ])\?([^?]{0,4000})\?=")
# In these an encoded word stands for a name (RFC 2047, 5), and for an address only where there is no other.
ADDRESSES = {"from", "sender", "reply-to", "to", "cc", "bcc", "x-original-from"}
# In these none may stand; a server writes them, with words in them that the sender chose.
UNCODED = {"authentication-results"}
SPECIALS = re.compile(r'[()<>@,;:\\"]')
GROWING = {"references"}  # at its end, where those stand that count
LISTS = ADDRESSES | GROWING
LONGEST_LIST, LONGEST_VALUE = 500_000, 10_000


class Headers:
    """Names in any case; values decoded, on one line. `get` is the first of a name, `all` every one."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs
        self._by_name: dict[str, list[str]] = {}
        for name, value in pairs:
            self._by_name.setdefault(name.lower(), []).append(value)

    def get(self, name: str, default: str = "") -> str:
        return self._by_name.get(name.lower(), [default])[0]

    def all(self, name: str) -> list[str]:
        return list(self._by_name.get(name.lower(), []))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._by_name

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self.pairs)

    def starting(self, prefix: str) -> list[str]:
        return [name for name in self._by_name if name.startswith(prefix.lower())]


def mend(raw: bytes) -> bytes:
    """The mail with its header block as RFC 5322 wants it: at the very start, and only fields in it."""
    raw = beginning_with_headers(raw)
    if b"\n" not in raw[:100_000]:
        raw = raw.replace(b"\r", b"\n")
    head, body = _parted(raw)
    head = JUNK.sub(b"", head)
    if head.count(b"\n") > MOST_FIELDS:
        head = b"".join(field[0] for field in islice(KNOWN_FIELD.finditer(head), MOST_FIELDS))
    return head.rstrip(b"\n") + b"\n\n" + body


def beginning_with_headers(raw: bytes) -> bytes:
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t \x00")


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    """Header block, unfolded, and body. A line after the last field that isn't one begins the body: it was sent
    without the blank line between. Junk further up stays in the block."""
    blank = re.search(rb"\r?\n\r?\n", raw)
    head, body = (raw[: blank.start()], raw[blank.end() :]) if blank else (raw[:LONGEST_HEAD], raw[LONGEST_HEAD:])
    head = FOLD.sub(b" ", _beginning(head)).replace(b"\r\n", b"\n")
    last = max((field.end() for field in KNOWN_FIELD.finditer(head)), default=0)
    if begins := JUNK.search(head, last):
        return head[: begins.start()], head[begins.start() :] + b"\n\n" + body
    return head, body


def _beginning(head: bytes) -> bytes:
    """Its whole lines, as far as it is read."""
    if len(head) <= LONGEST_HEAD:
        return head
    return head[:LONGEST_HEAD].rpartition(b"\n")[0] or head[:LONGEST_HEAD]


def headers_of(pairs: list[tuple[str, str]], language: str | None = None) -> Headers:
    """From what the parser kept (8-bit bytes as surrogates) to readable text."""
    return Headers([(clean(name), _field(clean(name).lower(), value, language)) for name, value in pairs])


def _field(name: str, value: str, language: str | None) -> str:
    longest = LONGEST_LIST if name in LISTS else LONGEST_VALUE
    value = value[-longest:] if name in GROWING else value[:longest]
    if name in UNCODED:
        return clean(" ".join(value.split()))
    hides_addresses = name in ADDRESSES and "=?" in value and "@" in WORD.sub("", value)
    return readable(value, language, of=_as_name if hides_addresses else str)


def readable(value: str, language: str | None = None, of: Callable[[str], str] = str) -> str:
    """`of` is what becomes of a decoded word."""
    if not value.isascii():
        value = decode(value.encode("utf-8", "surrogateescape"), None, language)
    if "=?" in value:
        value = decode_words(value, of)
    return clean(" ".join(value.split()))


def _as_name(word: str) -> str:
    """What stands beside an address and is none, whatever it looks like."""
    return SPECIALS.sub(r"\\\g<0>", word)


def decode_words(value: str, of: Callable[[str], str] = str) -> str:
    """RFC 2047. Neighbours in one charset are joined as bytes: some mailers cut inside a character."""
    out: list[str] = []
    pending, charset, end = b"", "", 0
    for word in WORD.finditer(value):
        between = value[end : word.start()]
        if between.strip() or not pending or word[1].lower() != charset:
            out += [of(decode(pending, charset)), between if between.strip() or not pending else ""]
            pending = b""
        pending, charset, end = pending + _word_bytes(word), word[1].lower(), word.end()
    return "".join(out) + of(decode(pending, charset or None)) + value[end:]


def _word_bytes(word: re.Match[str]) -> bytes:
    text = word[3].encode("utf-8", "replace")
    if word[2] in "qQ":
        return decodestring(text, header=True)
    try:
        return binascii.a2b_base64(re.sub(rb"[^A-Za-z0-9+/]", b"", text) + b"===")
    except binascii.Error:
        return text
