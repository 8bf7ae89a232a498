"""Which lines of a mail are said now, and which were said before."""

import re
from enum import IntEnum, auto

from gateways.email.attribution import attribution_ending_at
from gateways.email.header_blocks import block_at
from gateways.email.languages import words
from gateways.email.marks import Role


class Kind(IntEnum):
    BLANK = auto()
    TEXT = auto()
    QUOTE = auto()
    ATTRIBUTION = auto()
    HISTORY = auto()
    SIGNATURE = auto()


BLANK, TEXT, QUOTE = Kind.BLANK, Kind.TEXT, Kind.QUOTE
DIVIDER = re.compile(r"\s*(?:[-_=*\u2014\u2013]{3,}|[-_=*]{2,}\s?([^\W\d_][^\n]{2,60}?)\s?[-_=*]{2,})\s*$")
DASHED = re.compile(r"\s*[-_=*]{2,}\s?([^\W\d_][^-_=*\n]{2,60}(?:-[^-_=*\n]{1,30})?)[-_=*]{2,}")
DIVIDER_WORDS = words("original") | words("forwarded")
FORWARDED = words("forwarded")
OF_ROLE = {Role.HISTORY: Kind.HISTORY, Role.SIGNATURE: Kind.SIGNATURE}
WRAPPED_FROM = 60
ENDS_OF_HEADS = {":", "-", "*", "_"}
RULES = {"-", "_", "=", "*"}
MOST_HEADS = 120
HEAD_OF_QUOTE = 8


def kinds_of(texts: list[str], roles: list[Role | None] | None = None) -> list[Kind]:
    """Of each line; `roles` are what the HTML says of them, where there is any."""
    kinds = [(QUOTE if bare[0] == ">" else TEXT) if (bare := text.lstrip()) else BLANK for text in texts]
    if roles:
        kinds = [OF_ROLE.get(role, kind) if role else kind for role, kind in zip(roles, kinds, strict=True)]
    if QUOTE in kinds:
        _take_wrapped_quotes(texts, kinds)
        _mark_attributions_in_quotes(texts, kinds)
    heads = [at for at, kind in enumerate(kinds) if kind is TEXT and _may_head(texts[at])]
    for at in heads[:MOST_HEADS]:
        if (begin := _history_at(texts, kinds, roles, at)) is not None:
            kinds[begin:] = [Kind.HISTORY] * (len(kinds) - begin)
            break
    return kinds


def _may_head(text: str) -> bool:
    return text.find(":", 0, 40) >= 0 or text.rstrip()[-1:] in ENDS_OF_HEADS or text.startswith("----")


def _take_wrapped_quotes(texts: list[str], kinds: list[Kind]) -> None:
    """A mail program that wraps a long quoted line leaves its end without a mark."""
    for at in range(1, len(kinds) - 1):
        is_between = kinds[at] is TEXT and kinds[at - 1] is QUOTE and kinds[at + 1] is QUOTE
        if is_between and _is_wrapped(texts[at - 1], texts[at]):
            kinds[at] = QUOTE


def _mark_attributions_in_quotes(texts: list[str], kinds: list[Kind]) -> None:
    """Apple and La Poste put the quote mark before the attribution too."""
    above = [BLANK, *kinds]
    begins = [at for at, kind in enumerate(kinds) if kind is QUOTE and above[at] is not QUOTE]
    for begin in begins[:MOST_HEADS]:
        inside = [text.lstrip().removeprefix(">").lstrip() for text in _run_of_quote(texts, kinds, begin)]
        if end := _heading_of_quote(inside):
            kinds[begin : begin + end] = [Kind.ATTRIBUTION] * end
            _take_what_lost_its_marks(texts, kinds, begin, begin + end)


def _run_of_quote(texts: list[str], kinds: list[Kind], begin: int) -> list[str]:
    """Its first lines; what stands below it is somebody's answer."""
    at = begin
    while at < min(len(kinds), begin + HEAD_OF_QUOTE) and kinds[at] is Kind.QUOTE:
        at += 1
    return texts[begin:at]


def _take_what_lost_its_marks(texts: list[str], kinds: list[Kind], begin: int, end: int) -> None:
    """Below a quoted heading with no quote under it, after text above: the quote lost its marks."""
    while end < len(kinds) and not texts[end].strip("> \t"):
        end += 1
    if end < len(kinds) and kinds[end] is Kind.TEXT and Kind.TEXT in kinds[:begin]:
        kinds[begin:] = [Kind.HISTORY] * (len(kinds) - begin)


def _heading_of_quote(inside: list[str]) -> int:
    """How many of these lines say who wrote the rest."""
    for at in range(min(3, len(inside))):
        if ":" not in inside[at]:
            continue
        if (end := block_at(inside, at)) > at:
            return end
        if attribution_ending_at(inside, at):
            return at + 1
    return 0


def _is_wrapped(above: str, text: str) -> bool:
    return len(above) >= WRAPPED_FROM and len(text) < 40 and text[:1].islower()


def _history_at(texts: list[str], kinds: list[Kind], roles: list[Role | None] | None, at: int) -> int | None:
    """Marks attributions of quotes as such; returns where unmarked history begins, if it does here."""
    found = _heading(texts, at, is_marked=roles is not None and roles[at] is Role.ATTRIBUTION)
    if not found:
        return None
    begin, end, is_sure = found
    if _next_kind(kinds, end) is Kind.QUOTE:
        begin = _with_dividers(texts, begin)
        kinds[begin:end] = [Kind.ATTRIBUTION] * (end - begin)
        return None
    return _with_dividers(texts, begin) if is_sure else None


def _heading(texts: list[str], at: int, *, is_marked: bool) -> tuple[int, int, bool] | None:
    """Begin and end of what heads a quote here, and whether it needs no quote marks below to be believed."""
    text = texts[at]
    if ":" in text[:40] and (end := block_at(texts, at)) > at:
        return at, end, True
    found = attribution_ending_at(texts, at)
    if found and (found[1] or is_marked):
        return found[0], at + 1, True
    if is_divider(text) and not _leads_to_heading(texts, at + 1):
        return at, at + 1, True
    return (found[0], at + 1, False) if found else None


def _leads_to_heading(texts: list[str], at: int) -> bool:
    """What stands below says more, and takes the divider in."""
    at += at < len(texts) and not texts[at].strip()
    return at < len(texts) and (block_at(texts, at) > at or bool(attribution_ending_at(texts, at)))


def is_divider(text: str) -> bool:
    """`-----Original Message-----` and its like, in words we know; an old Samsung goes on in the same line."""
    found = DASHED.match(text[:200]) if text.lstrip()[:1] in RULES else None
    if found and found[1].strip().lower() in DIVIDER_WORDS:
        return True
    return text.rstrip().endswith(":") and text.strip(" \t-_=*:>").lower() in DIVIDER_WORDS


def is_forward(text: str) -> bool:
    return is_divider(text) and text.strip(" \t-_=*:>").lower() in FORWARDED


def _with_dividers(texts: list[str], begin: int) -> int:
    """Takes in the lines above that only lead over to the quote."""
    at = begin
    while at and (not texts[at - 1].strip() or DIVIDER.match(texts[at - 1][:100]) or is_divider(texts[at - 1])):
        at -= 1
        begin = at if texts[at].strip() else begin
    return begin


def _next_kind(kinds: list[Kind], at: int) -> Kind | None:
    return next((kind for kind in kinds[at : at + 4] if kind is not Kind.BLANK), None)
