"""What was said in a mail: the new text, without quoted history and signature."""

import re
from itertools import groupby
from typing import NamedTuple

from gateways.email import signature
from gateways.email.history import Kind, is_forward, kinds_of
from gateways.email.mail import Mail
from gateways.email.markup import Line, lines_of
from gateways.email.reading import read

LONGEST = 1_000_000
MOST_LINES = 3_000
FORWARD_SUBJECT = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|vb|pd|i|enc|fs|př|doorst|пересл|перес)\s?:")


class Split(NamedTuple):
    """Every line of the text is in one of the two."""

    said: str
    cut: str


class Run(NamedTuple):
    """Lines of one kind, blanks among them."""

    is_quote: bool
    begin: int
    end: int


def reply_text(source: bytes | str) -> str:
    """A whole mail as bytes, or a plain-text body. Never raises."""
    return split(source if isinstance(source, str) else read(source)).said


def split(source: Mail | str) -> Split:
    """A Mail (whose HTML helps where the text comes from it) or a plain-text body. In doubt more is said."""
    if isinstance(source, str):
        return _split(_lines(source))
    is_answer = bool(source.in_reply_to) and not FORWARD_SUBJECT.match(source.subject)
    if source.lines:
        return _split(_bounded(list(source.lines)), is_answer=is_answer)
    parted = _split(_lines(source.text), is_answer=is_answer)
    return parted if parted.cut else _by_html(source) or parted


def _by_html(mail: Mail) -> Split | None:
    """A quote that the plain text doesn't show may show in the HTML beside it."""
    if not any(mark in mail.html for mark in ("blockquote", "_quote", "divRplyFwdMsg", "appendonsend")):
        return None
    lines = _bounded(lines_of(mail.html))
    if not any(line.role or line.text.startswith(">") for line in lines):
        return None
    parted = _split(lines)
    return parted if parted.said and parted.cut else None


def _lines(text: str) -> list[Line]:
    text = text[:LONGEST].replace("\r\n", "\n").replace("\x00", "")
    return [Line(line) for line in text.split("\n", MOST_LINES)]


def _bounded(lines: list[Line]) -> list[Line]:
    """What no person writes or quotes is one line at the end: so that time stays short and nothing is lost."""
    if len(lines) <= MOST_LINES:
        return lines
    rest = "\n".join(line.text for line in lines[MOST_LINES:])
    return [*lines[:MOST_LINES], Line(rest, lines[-1].role)]


def _split(lines: list[Line], *, is_answer: bool = False) -> Split:
    kinds = kinds_of(lines)
    texts = [line.text for line in lines]
    kept = _kept(texts, kinds)
    if not any(texts[at].strip() for at in kept) and not _may_be_empty(texts, kinds, is_answer):
        kept = set(range(len(texts)))
    return Split(
        _tidy(texts, sorted(kept)), "\n".join(text for at, text in enumerate(texts) if at not in kept).strip("\n")
    )


def _may_be_empty(texts: list[str], kinds: list[Kind], is_answer: bool) -> bool:
    """Nothing said: a forward is its own message; a bare quote under its attribution is an empty answer."""
    if any(is_forward(text) for text in texts):
        return False
    return is_answer or Kind.ATTRIBUTION in kinds or not any(text.strip() for text in texts)


def _kept(texts: list[str], kinds: list[Kind]) -> set[int]:
    runs = [_without_signature(run, texts, kinds) for run in _runs(kinds)]
    runs = [run for run in runs if run.is_quote or any(text.strip() for text in texts[run.begin : run.end])]
    while runs and runs[-1].is_quote:
        runs.pop()
    if _is_bottom_answer(runs, kinds, texts):
        runs = runs[1:]
    wanted = {Kind.TEXT, Kind.QUOTE, Kind.BLANK}
    return {at for run in runs for at in range(run.begin, run.end) if kinds[at] in wanted}


def _runs(kinds: list[Kind]) -> list[Run]:
    """Text and quotes by turns. A blank line belongs to what stands above it."""
    sides: list[bool] = []
    for kind in kinds:
        is_quote = kind in (Kind.QUOTE, Kind.ATTRIBUTION, Kind.HISTORY)
        sides.append(sides[-1] if kind in (Kind.BLANK, Kind.SIGNATURE) and sides else is_quote)
    runs, begin = [], 0
    for is_quote, group in groupby(sides):
        end = begin + len(list(group))
        runs.append(Run(is_quote, begin, end))
        begin = end
    return runs


def _without_signature(run: Run, texts: list[str], kinds: list[Kind]) -> Run:
    if run.is_quote:
        return run
    end = signature.begins_at(texts, run.begin, run.end)
    return run._replace(end=end)


def _is_bottom_answer(runs: list[Run], kinds: list[Kind], texts: list[str]) -> bool:
    """One quote under its attribution, and all that is said below it."""
    if len(runs) != 2 or not runs[0].is_quote:
        return False
    heads = kinds[runs[0].begin : runs[0].end]
    return Kind.ATTRIBUTION in heads and not _has_quote_below(runs[1], kinds)


def _has_quote_below(run: Run, kinds: list[Kind]) -> bool:
    """Quotes go on under the answer: it stands in the middle of them."""
    return Kind.QUOTE in kinds[run.end :]


def _tidy(texts: list[str], kept: list[int]) -> str:
    """Yahoo and some others indent all they send; such a margin goes. A cut leaves one blank line."""
    margin = min((len(text) - len(text.lstrip(" ")) for at in kept if (text := texts[at]).strip()), default=0)
    pieces: list[list[str]] = []
    for before, at in zip([-2, *kept], kept, strict=False):
        pieces += [[]] if before + 1 != at else []
        pieces[-1].append(texts[at][margin:].rstrip())
    joined = "\n\n".join("\n".join(piece).strip("\n") for piece in pieces)
    return re.sub(r"\n{4,}", "\n\n\n", joined).strip("\n")
