"""The header block of a mail: mended, decoded, and read without surprises."""

import binascii
import re
from collections.abc import Iterator
from quopri import decodestring

from gateways.email.charset import clean, decode

FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
KNOWN_FIELD = re.compile(
    rb"(?i)(from|to|cc|subject|date|message-id|mime-version|content-[a-z-]+|received|return-path|reply-to|references"
    rb"|in-reply-to|sender|x-[a-z-]+|list-[a-z-]+|auto-submitted|precedence|dkim-signature|delivered-to):"
)
WORD = re.compile(r"=\?([^?\s*]{1,60})(?:\*[^?\s]{1,20})?\?([bBqQ])\?([^?]{0,4000})\?=")
LONGEST_VALUE = 500_000
LONGEST_DECODED = 20_000


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
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t \x00")
    if b"\n" not in raw[:100_000]:
        raw = raw.replace(b"\r", b"\n")
    lines, body_at = _header_lines(raw)
    wanted, kept = False, []
    for line in lines:
        wanted = wanted if line[:1] in b" \t" else bool(FIELD.match(line))
        kept += [line] if wanted else []
    return b"\n".join(kept) + b"\n\n" + raw[body_at:]


def _header_lines(raw: bytes) -> tuple[list[bytes], int]:
    """The lines before the first blank one, junk among them too, and where the body starts."""
    blank = re.search(rb"\r?\n\r?\n", raw)
    head, body_at = (raw[: blank.start()], blank.end()) if blank else (raw, len(raw))
    lines = [line.rstrip(b"\r") for line in head.split(b"\n")]
    last = max((at for at, line in enumerate(lines) if KNOWN_FIELD.match(line)), default=-1)
    end = next((at for at in range(last + 1, len(lines)) if not _belongs(lines[at])), len(lines))
    if end == len(lines):
        return lines, body_at
    return lines[:end], sum(len(line) + 1 for line in raw.split(b"\n", end)[:end])


def _belongs(line: bytes) -> bool:
    return line[:1] in b" \t" or bool(FIELD.match(line))


def headers_of(pairs: list[tuple[str, str]], language: str | None = None) -> Headers:
    """From what the parser kept (8-bit bytes as surrogates) to readable text."""
    return Headers([(clean(name), readable(value[:LONGEST_VALUE], language)) for name, value in pairs])


def readable(value: str, language: str | None = None) -> str:
    value = decode(value.encode("utf-8", "surrogateescape"), None, language)
    if "=?" in value[:LONGEST_DECODED]:
        value = decode_words(value[:LONGEST_DECODED]) + value[LONGEST_DECODED:]
    return " ".join(value.split())


def decode_words(value: str) -> str:
    """RFC 2047. Neighbours in one charset are joined as bytes: some mailers cut inside a character."""
    out: list[str] = []
    pending, charset, end = b"", "", 0
    for word in WORD.finditer(value):
        between = value[end : word.start()]
        if between.strip() or not pending or word[1].lower() != charset:
            out += [decode(pending, charset), between if between.strip() or not pending else ""]
            pending = b""
        pending, charset, end = pending + _word_bytes(word), word[1].lower(), word.end()
    return "".join(out) + decode(pending, charset or None) + value[end:]


def _word_bytes(word: re.Match[str]) -> bytes:
    text = word[3].encode("utf-8", "replace")
    if word[2] in "qQ":
        return decodestring(text, header=True)
    try:
        return binascii.a2b_base64(re.sub(rb"[^A-Za-z0-9+/]", b"", text) + b"===")
    except binascii.Error:
        return text
