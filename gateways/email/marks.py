"""What mail programs call their quotes and signatures in the HTML they write."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple


class Role(StrEnum):
    ATTRIBUTION = "attribution"
    HISTORY = "history"
    SIGNATURE = "signature"


ATTRIBUTIONS = {"gmail_attr", "moz-cite-prefix", "reply-intro", "quote-header", "AppleMailAttribution"}
HISTORIES = {
    "yahoo_quoted", "AppleOriginalContents", "mail-editor-reference-message-container", "zmail_extra",
    "ms-outlook-mobile-reference-message", "mail-quote-collapse", "hmQuote",
}  # fmt: skip
# What follows these is history up to the end of the mail; they stand beside it, not around it.
HISTORY_FOLLOWS = {"divRplyFwdMsg", "appendonsend", "zwchr", "OutlookMessageHeader", "stopSpelling"}
SIGNATURES = {
    "gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block",
    "AppleMailSignature", "Signature", "ms-outlook-mobile-signature", "messageSignatureSection", "_rc_sig",
    "tutanota_signature", "yahoo-signature", "mobile-signature", "composer_signature", "gmx-signature",
}  # fmt: skip

ATTRIBUTE = re.compile(
    r"(?i)(?<![\w-])(id|class|name|data-smartmail|data-marker)\s{0,3}=\s{0,3}(\"[^\"]*\"|'[^']*'|[^\s>]+)"
)
# Word writes each line as a paragraph, and some mailers take the space around theirs away.
NO_MARGIN = re.compile(r"(?i)margin(?:-top|-bottom)?\s?:\s?0")
GMX_QUOTE = re.compile(r"name=[\"']?quote\b")
# Outlook and Gmail put x_ or m_123… before the names in a mail they quote, Yahoo ydp123abc before its own.
FOREIGN = re.compile(r"^(?:x_)+|^m_-?\d+|^ydp[0-9a-f]+")


class Look(NamedTuple):
    """Of an element: its role, whether that goes on to the end of the mail, and whether it stands without gaps."""

    role: Role | None = None
    to_the_end: bool = False
    is_tight: bool = False


PLAIN = Look()


def look_of(tag: str, attributes: str) -> Look:
    """Mails say the same thousands of times."""
    if "=" not in attributes:
        return PLAIN
    return _remembered(tag, attributes) if len(attributes) < 300 else _look(tag, attributes)


def _look(tag: str, attributes: str) -> Look:
    names = _names(attributes)
    if names & HISTORY_FOLLOWS:
        return Look(Role.HISTORY, to_the_end=True)
    if names & HISTORIES or (tag == "div" and GMX_QUOTE.search(attributes)):
        return Look(Role.HISTORY)
    if names & ATTRIBUTIONS:
        return Look(Role.ATTRIBUTION)
    role = Role.SIGNATURE if names & SIGNATURES else None
    return Look(role, is_tight="Mso" in attributes or bool(NO_MARGIN.search(attributes)))


_remembered = lru_cache(maxsize=1_000)(_look)


def _names(attributes: str) -> set[str]:
    names = set()
    for attribute in ATTRIBUTE.finditer(attributes):
        names |= {re.sub(r"_?\d{4,}$", "", FOREIGN.sub("", name)) for name in attribute[2].strip("\"'").split()[:20]}
    return names


def is_quote(attributes: str) -> bool:
    """A blockquote without a border is how Gmail and Outlook indent what one says oneself."""
    style = attributes.lower().replace(" ", "")
    return not ("border:none" in style and "margin:00040px" in style) or "gmail_quote" in style


def link(attributes: str) -> str:
    found = re.search(r"(?i)\bhref\s?=\s?[\"']?\s?(https?://[^\s\"'<>]{1,2000})", attributes)
    return found[1] if found else ""
