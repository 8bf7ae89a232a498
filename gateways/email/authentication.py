"""What the receiving server found out about a mail's sender (RFC 8601). Anybody can write such a header: only those of
servers we trust count, and of these the topmost, which was added last. What is quoted in it or in a comment may be the
words of whoever sent the mail."""

import re
from collections.abc import Collection

from gateways.email.addresses import addresses
from gateways.email.headers import Headers

HEADER = "Authentication-Results"
SERVER = re.compile(r"\s{0,9}([^\s;()]{1,255})(?:\s+\d{1,3})?\s{0,9};")
PIECE = re.compile(r'\\.|["()]|[^\\"()]+|\\')
DMARC = re.compile(
    r"(?i);\s{0,9}dmarc\s{0,9}=\s{0,9}([a-z]{1,20})(?:[^;]*?\sheader\.from\s{0,9}=\s{0,9}([^\s;]{1,255}))?"
)
SHOWN = 30
UNPROVEN = "permerror"
NAMELESS = "mx.microsoft.com"  # Microsoft 365 leaves its name out here, and gives this one in what it seals (ARC)


def authors(headers: Headers) -> list[str]:
    """The addresses in From, which alone says who wrote a mail. Of several, nobody can tell who it was: what a server
    checks the one of and what people see may be two."""
    return list(dict.fromkeys(one.address for value in headers.all("From") for one in addresses(value)))


def dmarc(headers: Headers, trusted: Collection[str]) -> str:
    """`pass`, `fail`, `none` … in small letters; empty where no trusted server has said anything."""
    servers = {name.strip().lower() for name in trusted}
    for value in headers.all(HEADER)[:SHOWN]:
        said, is_whole = _bare(value)
        server, results = _parted(said)
        if server in servers:
            return _verdict(results, authors(headers)) if is_whole else UNPROVEN
    return ""


def ascii_of(domain: str) -> str:
    """As it stands in DNS."""
    try:
        return domain.lower().rstrip(".").encode("idna").decode()
    except UnicodeError:
        return domain.lower()


def _parted(said: str) -> tuple[str, str]:
    """Who says it, and what."""
    found = SERVER.match(said)
    if found and "=" not in found[1]:
        return found[1].lower(), said[found.end() - 1 :]
    return NAMELESS, f";{said}"


def _verdict(said: str, written_by: list[str]) -> str:
    """About another domain than we read in From it proves nothing: the server read somebody else's name there."""
    found = {(verdict.lower(), domain.lower()) for verdict, domain in DMARC.findall(said)}
    if len(found) > 1:
        return UNPROVEN
    for verdict, domain in found:
        return verdict if verdict == "fail" or _is_about(domain, written_by) else UNPROVEN
    return ""


def _is_about(domain: str, written_by: list[str]) -> bool:
    """Where a server names one: the domain in From, or the one of its organization."""
    about = f".{ascii_of(domain)}"
    others = [f".{ascii_of(one.rpartition('@')[2])}" for one in written_by]
    return not domain or any(about.endswith(one) or one.endswith(about) for one in others)


def _bare(value: str) -> tuple[str, bool]:
    """Without quoted words and comments, and whether each of these ends."""
    depth, is_quoted, kept = 0, False, list[str]()
    for piece in PIECE.findall(value):
        if is_quoted:
            is_quoted = piece != '"'
        elif piece == '"' and not depth:
            is_quoted = True
        elif piece in "()":
            depth = depth + 1 if piece == "(" else max(depth - 1, 0)
        elif not depth:
            kept.append(piece)
    return "".join(kept), not (depth or is_quoted)
