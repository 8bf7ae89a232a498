"""The mail as most are: what is said, and below it nothing but what was said before.

Its quotes are found by one pattern over the whole text, which the C of `re` carries through; above them a line is
looked at closely only where something could begin in it."""

import re

from gateways.email import signature
from gateways.email.heading import MOST_BLANKS, heading_at, possible_headings, with_dividers

MOST_LINES = 300
# From the first quoted line on; its group is there if quotes and blank lines go on to the end.
QUOTES = re.compile(r"\n[^\S\n]*+>[^\n]*+(?>\n[^\S\n]*+(?:>[^\n]*+)?)*+(\Z)?")


def end_of_usual(text: str, lines: list[str]) -> int | None:
    """How many of the text's lines are said, which it begins with; None where it takes a closer look to tell."""
    if len(lines) > MOST_LINES:
        return None
    text = f"\n{text}"
    height, introducing = len(lines), -1
    if quotes := QUOTES.search(text):
        if not quotes.lastindex:
            return None
        text = text[: quotes.start()]
        height = text.count("\n")
        introducing = _introducing(lines, height)
    for at in possible_headings(text):
        begin = heading_at(lines, at, is_believed=at == introducing)
        if begin is not None:
            return signature.begins_at(lines, 0, with_dividers(lines, begin))
    return signature.begins_at(lines, 0, height)


def _introducing(lines: list[str], quote: int) -> int:
    """The line that stands above the quote; -1 if there is none near."""
    at = quote - 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at if quote - at <= MOST_BLANKS + 1 else -1
