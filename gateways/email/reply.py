"""What was said in a mail: the new text, without quoted history and signature."""

import re
from typing import NamedTuple

from gateways.email import signature
from gateways.email.history import Kind, is_forward, kinds_of
from gateways.email.mail import Mail
from gateways.email.marks import Role
from gateways.email.markup import Line, lines_of
from gateways.email.reading import read

LONGEST = 1_000_000
MOST_LINES = 3_000
FORWARD_SUBJECT = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|vb|pd|i|enc|fs|př|doorst|пересл|перес)\s?:")


SAID = {Kind.TEXT, Kind.QUOTE, Kind.BLANK}
QUOTED = {Kind.QUOTE, Kind.ATTRIBUTION, Kind.HISTORY}
FOLLOWING = {Kind.BLANK, Kind.SIGNATURE}


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
        return _split(_texts(source))
    is_answer = bool(source.in_reply_to) and not FORWARD_SUBJECT.match(source.subject)
    if source.lines:
        return _split_lines(_bounded(list(source.lines)), is_answer=is_answer)
    parted = _split(_texts(source.text), is_answer=is_answer)
    return parted if parted.cut else _by_html(source) or parted


def _by_html(mail: Mail) -> Split | None:
    """A quote that the plain text doesn't show may show in the HTML beside it."""
    if not any(mark in mail.html for mark in ("blockquote", "_quote", "divRplyFwdMsg", "appendonsend")):
        return None
    lines = _bounded(lines_of(mail.html))
    if not any(line.role or line.text.startswith(">") for line in lines):
        return None
    parted = _split_lines(lines)
    return parted if parted.said and parted.cut else None


def _texts(text: str) -> list[str]:
    text = text[:LONGEST].replace("\r\n", "\n").replace("\x00", "")
    return text.split("\n", MOST_LINES)


def _bounded(lines: list[Line]) -> list[Line]:
    """What no person writes or quotes is one line at the end: so that time stays short and nothing is lost."""
    if len(lines) <= MOST_LINES:
        return lines
    rest = "\n".join(line.text for line in lines[MOST_LINES:])
    return [*lines[:MOST_LINES], Line(rest, lines[-1].role)]


def _split_lines(lines: list[Line], *, is_answer: bool = False) -> Split:
    return _split([line.text for line in lines], [line.role for line in lines], is_answer=is_answer)


def _split(texts: list[str], roles: list[Role | None] | None = None, *, is_answer: bool = False) -> Split:
    kinds = kinds_of(texts, roles)
    kept = _kept(texts, kinds)
    if not any(texts[at].strip() for at in kept) and not _may_be_empty(texts, kinds, is_answer):
        kept = list(range(len(texts)))
    return Split(_tidy(texts, kept), "\n".join(_others(texts, kept)).strip("\n"))


def _others(texts: list[str], kept: list[int]) -> list[str]:
    if not kept or kept[-1] - kept[0] == len(kept) - 1:  # in one piece, as nearly always
        return texts[: kept[0]] + texts[kept[-1] + 1 :] if kept else texts
    wanted = set(kept)
    return [text for at, text in enumerate(texts) if at not in wanted]


def _may_be_empty(texts: list[str], kinds: list[Kind], is_answer: bool) -> bool:
    """Nothing said: a forward is its own message; a bare quote under its attribution is an empty answer."""
    if any(is_forward(text) for text in texts):
        return False
    return is_answer or Kind.ATTRIBUTION in kinds or not any(text.strip() for text in texts)


def _kept(texts: list[str], kinds: list[Kind]) -> list[int]:
    """The places of the lines that are said, in order."""
    runs = [_without_signature(run, texts, kinds) for run in _runs(kinds)]
    runs = [run for run in runs if run.is_quote or any(text.strip() for text in texts[run.begin : run.end])]
    while runs and runs[-1].is_quote:
        runs.pop()
    if _is_bottom_answer(runs, kinds, texts):
        runs = runs[1:]
    return [at for run in runs for at in range(run.begin, run.end) if kinds[at] in SAID]


def _runs(kinds: list[Kind]) -> list[Run]:
    """Text and quotes by turns. A blank line belongs to what stands above it."""
    runs: list[Run] = []
    begin, side = 0, False
    for at, kind in enumerate(kinds):
        is_quote = side if kind in FOLLOWING and at else kind in QUOTED
        if is_quote != side and at:
            runs.append(Run(side, begin, at))
            begin = at
        side = is_quote
    return [*runs, Run(side, begin, len(kinds))]


def _without_signature(run: Run, texts: list[str], kinds: list[Kind]) -> Run:
    if run.is_quote:
        return run
    return Run(False, run.begin, signature.begins_at(texts, run.begin, run.end))


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
    margin = _margin([texts[at] for at in kept])
    pieces: list[str] = []
    begin = 0
    for end in range(1, len(kept) + 1):
        if end == len(kept) or kept[end] != kept[end - 1] + 1:
            piece = [text[margin:].rstrip() for text in texts[kept[begin] : kept[end - 1] + 1]]
            pieces.append("\n".join(piece).strip("\n"))
            begin = end
    joined = "\n\n".join(pieces)
    return (re.sub(r"\n{4,}", "\n\n\n", joined) if "\n\n\n\n" in joined else joined).strip("\n")


def _margin(lines: list[str]) -> int:
    """By how many spaces every line is indented that isn't blank."""
    margin = LONGEST
    for line in lines:
        if line[:1] != " " and line.strip():
            return 0
        if line.strip():
            margin = min(margin, len(line) - len(line.lstrip(" ")))
    return margin
