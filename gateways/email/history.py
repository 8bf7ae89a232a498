"""Which lines of a mail are said now, and which were said before."""

import re
from itertools import islice, takewhile
from operator import not_

from gateways.email.attribution import attribution_ending_at
from gateways.email.header_blocks import block_at
from gateways.email.heading import MOST_BLANKS, end_of_heading, heading_at, with_dividers
from gateways.email.marks import Role
from gateways.email.shape import ATTRIBUTION, BLANK, HISTORY, QUOTE, RULE, TEXT, marked, shape_of

QUOTES = re.compile(f"{QUOTE}+")
HISTORIES = re.compile(f"{HISTORY}+")
BETWEEN_QUOTES = re.compile(f"(?<={QUOTE}){TEXT}(?={QUOTE})")
WRAPPED_FROM, LONGEST_END = 60, 40
MOST_HEADS = 120
HEAD_OF_QUOTE, HIGHEST_HEAD = 8, 3


def with_history(texts: list[str], roles: list[Role | None] | None = None) -> str:
    """The shape of these lines, with what was said before; `roles` are what the HTML says of them, if there is any."""
    shape = shape_of(texts, roles)
    if HISTORY in shape:
        shape = _with_what_headers_head(texts, shape)
    if QUOTE in shape:
        shape = _with_wrapped_quotes(texts, shape)
        shape = _with_attributions_in_quotes(texts, shape)
    for at in _possible_heads(texts, shape):
        is_believed = _leads_to_quote(shape, at + 1) or (roles is not None and roles[at] is Role.ATTRIBUTION)
        if (begin := heading_at(texts, at, is_believed=is_believed)) is None:
            continue
        end = end_of_heading(texts, at)
        if not _leads_to_quote(shape, end):
            return marked(shape, with_dividers(texts, begin), len(shape), HISTORY)
        shape = marked(shape, with_dividers(texts, begin), end, ATTRIBUTION)
    return shape


def _with_what_headers_head(texts: list[str], shape: str) -> str:
    """The new Outlook tells in its HTML where the header block is, and lets the quote stand below it, unmarked."""
    for run in HISTORIES.finditer(shape):
        begin, end = run.span()
        while begin < end and not texts[begin].strip():
            begin += 1
        if begin < end and block_at(texts, begin) > begin and not any(texts[block_at(texts, begin) : end]):
            return marked(shape, run.start(), len(shape), HISTORY)
    return shape


def _possible_heads(texts: list[str], shape: str) -> list[int]:
    """The only lines in which anything may begin that has no quote marks."""
    heads = [
        at
        for at, letter in enumerate(shape)
        if letter == RULE or (letter == TEXT and ":" in texts[at] and _may_head(texts[at]))
    ]
    return heads[:MOST_HEADS]


def _may_head(text: str) -> bool:
    return text.find(":", 0, 40) >= 0 or text.rstrip("*_ \t\xa0")[-1:] == ":"


def _with_wrapped_quotes(texts: list[str], shape: str) -> str:
    """A mail program that wraps long quoted lines leaves their ends without marks."""
    between = [found.start() for found in BETWEEN_QUOTES.finditer(shape)]
    wrapped = [at for at in between if _is_wrapped(texts[at - 1], texts[at])]
    if len(wrapped) > 1:  # it is such a program
        wrapped = [at for at in between if at in wrapped or _goes_on(*texts[at : at + 2])]
    for at in wrapped:
        shape = marked(shape, at, at + 1, QUOTE)
    return shape


def _is_wrapped(above: str, text: str) -> bool:
    return len(above) >= WRAPPED_FROM and len(text) < LONGEST_END and text[:1].islower()


def _goes_on(text: str, below: str) -> bool:
    is_address = text[:1] == "<" and text[-1:] == ">"
    return is_address or (len(text) < LONGEST_END and below.lstrip("> ")[:1].islower())


def _with_attributions_in_quotes(texts: list[str], shape: str) -> str:
    """Apple and La Poste put the quote mark before the attribution too."""
    for quote in islice(QUOTES.finditer(shape), MOST_HEADS):
        begin, end = quote.span()
        if ":" not in "".join(texts[begin : min(end, begin + HIGHEST_HEAD)]):
            continue
        inside = [text.lstrip().removeprefix(">").lstrip() for text in texts[begin : min(end, begin + HEAD_OF_QUOTE)]]
        if height := _heading_of_quote(inside):
            height += len([*takewhile(not_, inside[height:])])
            shape = marked(shape, begin, begin + height, ATTRIBUTION)
            if _lost_its_marks(texts, shape, begin, begin + height):
                return marked(shape, begin, len(shape), HISTORY)
    return shape


def _heading_of_quote(inside: list[str]) -> int:
    """How many of these lines say who wrote the rest."""
    for at, text in enumerate(inside[:HIGHEST_HEAD]):
        if ":" not in text:
            continue
        if (end := block_at(inside, at)) > at:
            return end
        if attribution_ending_at(inside, at, is_believed=True) is not None:
            return at + 1
    return 0


def _lost_its_marks(texts: list[str], shape: str, begin: int, end: int) -> bool:
    """Whether a quote without marks stands below a quoted heading, with text above."""
    while end < len(texts) and not texts[end].strip("> \t"):
        end += 1
    return shape[end : end + 1] in (TEXT, RULE) and (TEXT in shape[:begin] or RULE in shape[:begin])


def _leads_to_quote(shape: str, at: int) -> bool:
    return shape[at : at + MOST_BLANKS + 1].lstrip(BLANK)[:1] == QUOTE
