"""The mail as most are: what is said, and below it nothing but what was said before.

Its quotes are found by one pattern over the whole text, which the C of `re` carries through; above them a line is
looked at closely only where something could begin in it."""

import re

from gateways.email import signature
from gateways.email.header_blocks import MEANINGS, ORNAMENT
from gateways.email.heading import MOST_BLANKS, heading_at, with_dividers

MOST_LINES = 300
# From the first quoted line on; its group is there if quotes and blank lines go on to the end.
QUOTES = re.compile(r"\n[^\S\n]*+>[^\n]*+(?>\n[^\S\n]*+(?:>[^\n]*+)?)*+(\Z)?")
# A line that begins with a rule and goes on, or ends with a colon; or that has a label, not the colon of a time or a
# link. `named` is the label with which an address may stand, so that the label may be of any language.
POSSIBLE = re.compile(
    r"\n(?:[^\S\n]*+[-_=*]{2,}+[^\S\n]*+\S"
    r"|(?P<label>[^\n:]*+):(?:(?P<closing>(?:[^\n:]*+:)*+[*_ \t\xa0]*+(?=\n|\Z))"
    r"|(?<!\d:)(?!//)(?P<named>(?=[^\n<]*+(?:\n[^\n<]*+)?<))?))"
)


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
    return signature.begins_at(lines, 0, _above_headings(text, lines, height, introducing))


def _above_headings(text: str, lines: list[str], height: int, introducing: int) -> int:
    """How many lines stand above the first heading; all if there is none."""
    at, seen = -1, 0
    for place in POSSIBLE.finditer(text):
        if place.lastgroup == "label" and place["label"].strip(ORNAMENT).lower() not in MEANINGS:
            continue
        line_begin = place.start() + 1
        at += text.count("\n", seen, line_begin)
        seen = line_begin
        begin = heading_at(lines, at, is_believed=at == introducing)
        if begin is not None:
            return with_dividers(lines, begin)
    return height


def _introducing(lines: list[str], quote: int) -> int:
    """The line that stands above the quote; -1 if there is none near."""
    at = quote - 1
    while at >= 0 and not lines[at].strip():
        at -= 1
    return at if quote - at <= MOST_BLANKS + 1 else -1
