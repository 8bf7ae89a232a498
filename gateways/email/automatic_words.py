"""How machines announce themselves in a subject."""

import re

from gateways.email.languages import words

AUTOMATIC_REPLY = tuple(words("automatic_reply"))
AUTOMATIC_TEXT = tuple(words("automatic_text"))
BOUNCE = tuple(words("bounce"))
CHALLENGE = tuple(words("challenge"))
RECEIPT = tuple(words("receipt"))

HEADING_ENDS = re.compile(r"\s?[:\])!*.\"'»“–—(-]|\s(?:re|aw|fwd?|auto-?reply)\b")
OPENING = re.compile(r"^[\s\[(*!\"'<«„]*")


def announces(subject: str, phrases: tuple[str, ...]) -> bool:
    """The subject begins with one of these as a heading: alone, or before a colon, a bracket or a dash."""
    subject = _bare(subject)
    return any(_is_heading(subject[len(phrase) :], phrase) for phrase in phrases if subject.startswith(phrase))


def _is_heading(rest: str, phrase: str) -> bool:
    return phrase.endswith(":") or not rest.strip() or bool(HEADING_ENDS.match(rest))


def opens_with(subject: str, phrases: tuple[str, ...]) -> bool:
    return _bare(subject).startswith(phrases)


def _bare(subject: str) -> str:
    return OPENING.sub("", subject[:500].lower())
