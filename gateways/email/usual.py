"""The mail as most are: what is said, and below it nothing but what was said before.

Its quotes are found by two patterns over the whole text, which the C of `re` carries through; above them a line is
looked at closely only where something could begin in it."""

import re

from gateways.email import signature
from gateways.email.heading import MOST_BLANKS, RULED_STARTS, RULES, heading_at, with_dividers
from gateways.email.shape import INDENTED, may_be_ruled

MOST_LINES = 300
BELOW = 3  # so many lines of a quote may tell what stands above it
QUOTE = re.compile(r"\n[^\S\n]*+>")
MAY_RULE = RULES | INDENTED.keys()
SHORTEST_RULED = 4
UNMARKED = re.compile(r"\n[^>\n]")
NO_QUOTE = re.compile(r"\n[^\S\n]*+[^>\s]")


def said_above(text: str) -> str | None:
    """What is said, with which the text begins; None where it takes a closer look to tell."""
    above, has_quotes = text, False
    if ">" in text and (quote := QUOTE.search("\n" + text)):
        if not quote.start() or _goes_on(text, quote.end() - 1):
            return None
        above, has_quotes = text[: quote.start() - 1], True
    lines = above.split("\n", MOST_LINES)
    height = len(lines)
    if height > MOST_LINES:
        return None
    introducing = -1
    if has_quotes:
        introducing = _introducing(lines, height)
        lines += text[len(above) + 1 :].split("\n", BELOW)[:BELOW]
    is_ruled = may_be_ruled(above)
    end = signature.begins_at(lines, 0, _above_headings(lines, height, introducing, is_ruled), is_ruled=is_ruled)
    return "\n".join(lines[:end])


def _goes_on(text: str, quote: int) -> bool:
    """Whether a line without mark stands below. Mostly none of them is without, which the simpler pattern tells."""
    unmarked = UNMARKED.search(text, quote)
    return unmarked is not None and bool(NO_QUOTE.search(text, unmarked.start()))


def _above_headings(lines: list[str], height: int, introducing: int, is_ruled: bool) -> int:
    """How many lines stand above the first heading; all if there is none."""
    for at, line in enumerate(lines[:height]):
        if ":" in line or (is_ruled and line[:1] in MAY_RULE and _is_ruled(line)):
            begin = heading_at(lines, at, is_believed=at == introducing)
            if begin is not None:
                return with_dividers(lines, begin)
    return height


def _is_ruled(line: str) -> bool:
    """With words after the rule: a bare one is a delimiter."""
    line = line.strip()
    return line[:2] in RULED_STARTS and len(line) > SHORTEST_RULED


def _introducing(lines: list[str], quote: int) -> int:
    """The line that stands above the quote; -1 if there is none near."""
    at = quote - 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at if quote - at <= MOST_BLANKS + 1 else -1
