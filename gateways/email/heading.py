"""What heads the quote of an earlier mail: a header block, who wrote when, or a divider in words."""

import re
from itertools import product

from gateways.email.attribution import attribution_ending_at
from gateways.email.header_blocks import begins_block, block_at, meaning_of
from gateways.email.languages import words

RULES = frozenset("-_=*")
RULED_STARTS = frozenset(map("".join, product(RULES, repeat=2)))
RULED = re.compile(r"[-_=*\u2014\u2013]{3,}+$|[-_=*]{2,}+\s?([^\W\d_][^\n]{2,60}?)\s?[-_=*]{2,}+$")
FIRST_OF_RULED = RULES | {"\u2014", "\u2013"}
DASHED = re.compile(r"[-_=*]{2,}+\s?([^\W\d_][^-_=*\n]{2,60}+(?:-[^-_=*\n]{1,30}+)?)[-_=*]{2,}+")
DIVIDER_WORDS = words("original") | words("forwarded")
FORWARDED = words("forwarded")
FRAME = " \t-_=*:>"
MOST_BLANKS = 3  # between an attribution and its quote


def heading_at(texts: list[str], at: int, *, is_believed: bool) -> int | None:
    """Where the heading begins that ends with this line or begins with it; None if there is none. What only says who
    wrote is believed above a quote, or where the HTML says so; elsewhere it must be sure."""
    text = texts[at]
    if is_believed and text[-1:] == ":" and (begin := attribution_ending_at(texts, at, is_believed=True)) is not None:
        return begin
    if begins_block(texts, at):
        return at
    text = text.strip()
    if text[:2] not in RULED_STARTS and text.rstrip("*_ ")[-1:] != ":":
        return None
    begin = attribution_ending_at(texts, at, is_believed=is_believed)
    return begin if begin is not None or not is_divider(text) else _with_what_is_below(texts, at)


def _with_what_is_below(texts: list[str], divider: int) -> int | None:
    """An attribution below a divider says more, and takes it in if it is believed."""
    below = _below(texts, divider)
    if below == len(texts) or begins_block(texts, below):
        return divider
    return None if attribution_ending_at(texts, below, is_believed=True) is not None else divider


def _below(texts: list[str], divider: int) -> int:
    at = divider + 1
    return at + (at < len(texts) and not texts[at].strip())


def end_of_heading(texts: list[str], at: int) -> int:
    """Where a heading ends that `heading_at` found at this line: a header block, or the line."""
    end = block_at(texts, at)
    if end == at and texts[at].lstrip()[:1] in RULES and (below := _below(texts, at)) < len(texts):
        end = block_at(texts, below)
    return max(end, at + 1)


def is_divider(text: str) -> bool:
    """`-----Original Message-----` and its like, in words we know; an old Samsung goes on in the same line."""
    text = text.strip()
    found = DASHED.match(text[:200]) if text[:1] in RULES else None
    if found and found[1].strip().lower() in DIVIDER_WORDS:
        return True
    return text[-1:] == ":" and text.strip(FRAME).lower() in DIVIDER_WORDS


def is_forward(text: str) -> bool:
    return is_divider(text) and text.strip(FRAME).lower() in FORWARDED


def with_dividers(texts: list[str], begin: int) -> int:
    """Takes in the lines above that only lead over to the quote; labels too, which Yandex puts below its rule."""
    at = begin
    while at:
        if above := texts[at - 1].strip():
            if _leads_over(above):
                begin = at - 1
            elif ":" not in above or not meaning_of(above):
                break
        at -= 1
    return begin


def _leads_over(text: str) -> bool:
    if text[0] in FIRST_OF_RULED:
        return bool(RULED.match(text[:100])) or is_divider(text)
    return text[-1] == ":" and is_divider(text)
