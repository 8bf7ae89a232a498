"""The mail as most are: what is said, and below it nothing but what was said before.

The whole text is looked at by a few patterns, which the C of `re` carries through; only the lines are looked at
closely in which they find that anything could begin."""

import re

from gateways.email import signature
from gateways.email.history import MOST_BLANKS, heading_at, with_dividers

MOST_LINES = 300
QUOTE = re.compile(r"\n[^\S\n]*>")
ONLY_QUOTES = re.compile(r"(?>\n[^\S\n]*+(?:>[^\n]*+)?+)*+\Z")
# A colon, but not of a time or a link; and what may be a divider.
COLON = re.compile(r":(?!//|(?<=\d:)\d)[^\n]*")
RULE = re.compile(r"\n[^\S\n]*[-_=*]{2}")


def end_of_usual(text: str, lines: list[str]) -> int | None:
    """How many of the text's lines are said, which it begins with; None where it takes a closer look to tell."""
    if len(lines) > MOST_LINES:
        return None
    text = f"\n{text}"
    quote = QUOTE.search(text)
    if quote and not ONLY_QUOTES.match(text, quote.start()):
        return None
    unquoted = text[: quote.start()] if quote else text
    height = unquoted.count("\n")
    above_labels = _first_heading(COLON, unquoted, lines, height)
    above_dividers = _first_heading(RULE, unquoted, lines, height)
    return signature.begins_at(lines, 0, min(above_labels, above_dividers))


def _first_heading(pattern: re.Pattern[str], unquoted: str, lines: list[str], height: int) -> int:
    """How many lines stand above the first that heads history, or the quote; `height` if none does."""
    for place in pattern.finditer(unquoted):
        heading = heading_at(lines, unquoted.count("\n", 0, place.start() + 1) - 1)
        if heading and (heading.is_sure or _leads_to_quote(lines, heading.end, height)):
            return with_dividers(lines, heading.begin)
    return height


def _leads_to_quote(lines: list[str], at: int, quote: int) -> bool:
    return at <= quote < len(lines) and quote - at <= MOST_BLANKS and not any(map(str.strip, lines[at:quote]))
