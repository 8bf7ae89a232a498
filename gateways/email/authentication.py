"""What the receiving server found out about a mail's sender (RFC 8601). Anybody can write such a header: only those of
servers we trust count, and of these the topmost, which was added last."""

import re
from collections.abc import Collection

from gateways.email.addresses import addresses
from gateways.email.headers import Headers

HEADER = "Authentication-Results"
SERVER = re.compile(r"\s{0,9}([^\s;()]{1,255})(?:\s+\d{1,3})?\s{0,9};")
COMMENT = re.compile(r"\([^()]{0,500}\)")
DMARC = re.compile(r"(?i)(?:^|;)\s{0,9}dmarc\s{0,9}=\s{0,9}([a-z]{1,20})")
SHOWN = 30


def authors(headers: Headers) -> list[str]:
    """The addresses in From, which alone says who wrote a mail. Of several, nobody can tell who it was: what a server
    checks the one of and what people see may be two."""
    return list(dict.fromkeys(one.address for value in headers.all("From") for one in addresses(value)))


def dmarc(headers: Headers, trusted: Collection[str]) -> str:
    """`pass`, `fail`, `none` … in small letters; empty where no trusted server has said anything."""
    servers = {name.strip().lower() for name in trusted}
    for value in headers.all(HEADER)[:SHOWN]:
        said = _without_comments(value)
        server = SERVER.match(said)
        if server and server[1].lower() in servers:
            found = DMARC.search(said[server.end() - 1 :])
            return found[1].lower() if found else ""
    return ""


def _without_comments(value: str) -> str:
    """Comments may stand in comments; deeper than this nobody writes them."""
    for _ in range(4):
        value = COMMENT.sub(" ", value)
    return value
