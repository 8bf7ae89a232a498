"""What mail programs call their quotes and signatures in the HTML they write."""

import re
from enum import StrEnum


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
# Outlook and Gmail put x_ or m_123… before the names in a mail they quote, Yahoo ydp123abc before its own.
FOREIGN = re.compile(r"^(?:x_)+|^m_-?\d+|^ydp[0-9a-f]+")


def role_of(tag: str, attributes: str) -> tuple[Role | None, bool]:
    """The role of an element, and whether it goes on to the end of the mail."""
    if "=" not in attributes:
        return None, False
    names = _names(attributes)
    if names & HISTORY_FOLLOWS:
        return Role.HISTORY, True
    if names & HISTORIES or (tag == "div" and re.search(r"name=[\"']?quote\b", attributes)):
        return Role.HISTORY, False
    if names & ATTRIBUTIONS:
        return Role.ATTRIBUTION, False
    return (Role.SIGNATURE if names & SIGNATURES else None), False


def _names(attributes: str) -> set[str]:
    names = set()
    for attribute in ATTRIBUTE.finditer(attributes):
        names |= {re.sub(r"_?\d{4,}$", "", FOREIGN.sub("", name)) for name in attribute[2].strip("\"'").split()[:20]}
    return names


def is_quote(attributes: str) -> bool:
    """A blockquote without a border is how Gmail and Outlook indent what one says oneself."""
    style = attributes.lower().replace(" ", "")
    return not ("border:none" in style and "margin:00040px" in style) or "gmail_quote" in style


def is_tight(attributes: str) -> bool:
    """A paragraph without space around: Word writes each line as one."""
    return "Mso" in attributes or bool(re.search(r"(?i)margin(?:-top|-bottom)?\s?:\s?0", attributes))


def link(attributes: str) -> str:
    found = re.search(r"(?i)\bhref\s?=\s?[\"']?\s?(https?://[^\s\"'<>]{1,2000})", attributes)
    return found[1] if found else ""
