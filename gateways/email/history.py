"""Which lines of a mail are said now, and which were said before."""

import re
from itertools import islice
from typing import NamedTuple

from gateways.email.attribution import attribution_ending_at, is_sure
from gateways.email.header_blocks import block_at
from gateways.email.languages import words
from gateways.email.marks import Role
from gateways.email.shape import ATTRIBUTION, BLANK, HISTORY, QUOTE, RULE, TEXT, marked, shape_of

DIVIDER = re.compile(r"\s*(?:[-_=*\u2014\u2013]{3,}|[-_=*]{2,}\s?([^\W\d_][^\n]{2,60}?)\s?[-_=*]{2,})\s*$")
DASHED = re.compile(r"\s*[-_=*]{2,}\s?([^\W\d_][^-_=*\n]{2,60}(?:-[^-_=*\n]{1,30})?)[-_=*]{2,}")
DIVIDER_WORDS = words("original") | words("forwarded")
FORWARDED = words("forwarded")
QUOTES = re.compile(f"{QUOTE}+")
BETWEEN_QUOTES = re.compile(f"(?<={QUOTE}){TEXT}(?={QUOTE})")
RULES = {"-", "_", "=", "*"}
ENDS = RULES | {":"}
WRAPPED_FROM = 60
MOST_HEADS = 120
HEAD_OF_QUOTE = 8
MOST_BLANKS = 3


class Heading(NamedTuple):
    """What heads a quote: its lines, and whether it needs no quote marks below to be believed."""

    begin: int
    end: int
    is_sure: bool


def with_history(texts: list[str], roles: list[Role | None] | None = None) -> str:
    """The shape of these lines, with what was said before; `roles` are what the HTML says of them, if there is any."""
    shape = shape_of(texts, roles)
    if QUOTE in shape:
        shape = _with_wrapped_quotes(texts, shape)
        shape = _with_attributions_in_quotes(texts, shape)
    for at in _possible_heads(texts, shape):
        heading = heading_at(texts, at, is_marked=roles is not None and roles[at] is Role.ATTRIBUTION)
        if not heading:
            continue
        if _leads_to_quote(shape, heading.end):
            shape = marked(shape, with_dividers(texts, heading.begin), heading.end, ATTRIBUTION)
        elif heading.is_sure:
            return marked(shape, with_dividers(texts, heading.begin), len(shape), HISTORY)
    return shape


def _possible_heads(texts: list[str], shape: str) -> list[int]:
    """The only lines in which anything may begin that has no quote marks."""
    found = [at for at, text in enumerate(texts) if ":" in text or shape[at] == RULE]
    return [at for at in found if shape[at] == RULE or (shape[at] == TEXT and _may_head(texts[at]))][:MOST_HEADS]


def _may_head(text: str) -> bool:
    return text.find(":", 0, 40) >= 0 or text.rstrip("*_ \t\xa0")[-1:] == ":"


def _with_wrapped_quotes(texts: list[str], shape: str) -> str:
    """A mail program that wraps a long quoted line leaves its end without a mark."""
    for found in BETWEEN_QUOTES.finditer(shape):
        at = found.start()
        if _is_wrapped(texts[at - 1], texts[at]):
            shape = marked(shape, at, at + 1, QUOTE)
    return shape


def _is_wrapped(above: str, text: str) -> bool:
    return len(above) >= WRAPPED_FROM and len(text) < 40 and text[:1].islower()


def _with_attributions_in_quotes(texts: list[str], shape: str) -> str:
    """Apple and La Poste put the quote mark before the attribution too."""
    for quote in islice(QUOTES.finditer(shape), MOST_HEADS):
        begin, end = quote.span()
        inside = [text.lstrip().removeprefix(">").lstrip() for text in texts[begin : min(end, begin + HEAD_OF_QUOTE)]]
        if height := _heading_of_quote(inside):
            shape = marked(shape, begin, begin + height, ATTRIBUTION)
            if _lost_its_marks(texts, shape, begin, begin + height):
                return marked(shape, begin, len(shape), HISTORY)
    return shape


def _heading_of_quote(inside: list[str]) -> int:
    """How many of these lines say who wrote the rest."""
    for at, text in enumerate(inside[:3]):
        if ":" not in text:
            continue
        if (end := block_at(inside, at)) > at:
            return end
        if attribution_ending_at(inside, at):
            return at + 1
    return 0


def _lost_its_marks(texts: list[str], shape: str, begin: int, end: int) -> bool:
    """Whether a quote without marks stands below a quoted heading, with text above."""
    while end < len(texts) and not texts[end].strip("> \t"):
        end += 1
    return shape[end : end + 1] in (TEXT, RULE) and (TEXT in shape[:begin] or RULE in shape[:begin])


def heading_at(texts: list[str], at: int, *, is_marked: bool = False) -> Heading | None:
    """What heads a quote in this line, or from it on, or ends with it."""
    if (end := block_at(texts, at)) > at:
        return Heading(at, end, is_sure=True)
    text = texts[at].strip()
    if text[-1:] not in ENDS and text[:1] not in RULES:
        return None
    found = attribution_ending_at(texts, at)
    if found and (is_marked or is_sure(found[1])):
        return Heading(found[0], at + 1, is_sure=True)
    if is_divider(text) and not _leads_to_heading(texts, at + 1):
        return Heading(at, at + 1, is_sure=True)
    return Heading(found[0], at + 1, is_sure=False) if found else None


def _leads_to_heading(texts: list[str], at: int) -> bool:
    """What stands below says more, and takes the divider in."""
    at += at < len(texts) and not texts[at].strip()
    return at < len(texts) and (block_at(texts, at) > at or bool(attribution_ending_at(texts, at)))


def is_divider(text: str) -> bool:
    """`-----Original Message-----` and its like, in words we know; an old Samsung goes on in the same line."""
    text = text.strip()
    found = DASHED.match(text[:200]) if text[:1] in RULES else None
    if found and found[1].strip().lower() in DIVIDER_WORDS:
        return True
    return text[-1:] == ":" and text.strip(" \t-_=*:>").lower() in DIVIDER_WORDS


def is_forward(text: str) -> bool:
    return is_divider(text) and text.strip(" \t-_=*:>").lower() in FORWARDED


def with_dividers(texts: list[str], begin: int) -> int:
    """Takes in the lines above that only lead over to the quote."""
    at = begin
    while at:
        above = texts[at - 1]
        if above.strip():
            if not (DIVIDER.match(above[:100]) or is_divider(above)):
                break
            begin = at - 1
        at -= 1
    return begin


def _leads_to_quote(shape: str, at: int) -> bool:
    return shape[at : at + MOST_BLANKS + 1].lstrip(BLANK)[:1] == QUOTE
