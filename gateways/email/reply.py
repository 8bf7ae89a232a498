"""What was said in a mail: the new text, without quoted history and signature."""

import re
from typing import NamedTuple

from gateways.email import signature
from gateways.email.heading import is_forward
from gateways.email.history import with_history
from gateways.email.mail import Mail
from gateways.email.marks import Role
from gateways.email.markup import Line, lines_of
from gateways.email.reading import read
from gateways.email.shape import ATTRIBUTION, BLANK, HISTORY, QUOTE, RULE, SIGNATURE, marked
from gateways.email.usual import said_above

LONGEST = 1_000_000
MOST_LINES = 3_000
FORWARD_SUBJECT = re.compile(r"(?i)\s*(?:fwd?|wg|tr|rv|vb|pd|i|enc|fs|př|doorst|пересл|перес)\s?:")
QUOTED = QUOTE + ATTRIBUTION + HISTORY
FOLLOWING = BLANK + SIGNATURE  # a blank line belongs to what stands above it
RUNS = re.compile(f"[{QUOTED}][{QUOTED}{FOLLOWING}]*|[^{QUOTED}]+")  # quotes and text by turns
BLANKS = re.compile(r"\n{4,}")
SAID = re.compile(f"[^{ATTRIBUTION}{HISTORY}{SIGNATURE}]+")

type Span = tuple[int, int]


class Split(NamedTuple):
    """Every line of the text is in one of the two."""

    said: str
    cut: str


def reply_text(source: bytes | str) -> str:
    """A whole mail as bytes, or a plain-text body. Never raises."""
    if isinstance(source, bytes):
        return split(read(source)).said
    text = _plain(source)
    above = said_above(text)
    return (_tidy(above) if above else "") or _said(text.split("\n", MOST_LINES))[0]


def split(source: Mail | str) -> Split:
    """A Mail (whose HTML helps where the text comes from it) or a plain-text body. In doubt more is said."""
    if isinstance(source, str):
        return _split_text(source)
    is_answer = bool(source.in_reply_to) and not FORWARD_SUBJECT.match(source.subject)
    if source.lines:
        return _split_lines(_bounded(list(source.lines)), is_answer=is_answer)
    parted = _split_text(source.text, is_answer=is_answer)
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


def _split_text(text: str, *, is_answer: bool = False) -> Split:
    text = _plain(text)
    if (above := said_above(text)) and (said := _tidy(above)):
        return Split(said, text[len(above) :].strip("\n"))
    return _split(text.split("\n", MOST_LINES), is_answer=is_answer)


def _plain(text: str) -> str:
    text = text[:LONGEST]
    if "\r" in text or "\x00" in text:
        text = text.replace("\r\n", "\n").replace("\x00", "")
    return text


def _bounded(lines: list[Line]) -> list[Line]:
    """What no person writes or quotes is one line at the end: so that time stays short and nothing is lost."""
    if len(lines) <= MOST_LINES:
        return lines
    rest = "\n".join(line.text for line in lines[MOST_LINES:])
    return [*lines[:MOST_LINES], Line(rest, lines[-1].role)]


def _split_lines(lines: list[Line], *, is_answer: bool = False) -> Split:
    return _split([line.text for line in lines], [line.role for line in lines], is_answer=is_answer)


def _split(texts: list[str], roles: list[Role | None] | None = None, *, is_answer: bool = False) -> Split:
    said, spans = _said(texts, roles, is_answer=is_answer)
    return Split(said, "\n".join(_others(texts, spans)).strip("\n"))


def _said(
    texts: list[str], roles: list[Role | None] | None = None, *, is_answer: bool = False
) -> tuple[str, list[Span]]:
    """What is said, and in which lines."""
    if is_forward(texts[0]):
        return _tidy("\n".join(texts)), [(0, len(texts))]
    shape = with_history(texts, roles)
    spans = _kept(texts, shape)
    said = _tidy("\n\n".join([_without_ends("\n".join(texts[begin:end])) for begin, end in spans]))
    if not said and not _may_be_empty(texts, shape, is_answer):
        return _tidy("\n".join(texts)), [(0, len(texts))]
    return said, spans


def _others(texts: list[str], spans: list[Span]) -> list[str]:
    others: list[str] = []
    at = 0
    for begin, end in spans:
        others += texts[at:begin]
        at = end
    return others + texts[at:]


def _may_be_empty(texts: list[str], shape: str, is_answer: bool) -> bool:
    """Nothing said: a forward is its own message; a bare quote under its attribution is an empty answer."""
    if any(is_forward(text) for text in texts):
        return False
    return is_answer or ATTRIBUTION in shape or not any(text.strip() for text in texts)


def _kept(texts: list[str], shape: str) -> list[Span]:
    """The lines that are said, in order."""
    kept: list[Span] = []
    said = shape
    for begin, end in reversed([run.span() for run in RUNS.finditer(shape)]):
        if shape[begin] in QUOTED:
            below = end if kept else begin  # a quote is kept above what answers it
        else:
            is_ruled = shape.find(RULE, begin, end) >= 0
            below = signature.begins_at(texts, begin, end, is_ruled=is_ruled)
            below = below if shape[begin:below].strip(BLANK) else begin
        if below > begin:
            kept.append((begin, below))
        if below < end:
            said = marked(said, below, end, SIGNATURE)
    if _is_bottom_answer(kept, shape):
        said = marked(said, *kept[1], SIGNATURE)
    return [piece.span() for piece in SAID.finditer(said)]


def _is_bottom_answer(kept: list[Span], shape: str) -> bool:
    """One quote under its attribution, and all that is said below it: no quote goes on under the answer."""
    if len(kept) != 2 or shape[kept[1][0]] not in QUOTED:
        return False
    (_, end_of_answer), (begin, end) = kept
    return shape.find(ATTRIBUTION, begin, end) >= 0 and shape.find(QUOTE, end_of_answer) < 0


def _tidy(text: str) -> str:
    """Nobody wants spaces at the ends of lines, nor more than two blank lines."""
    text = _without_ends(text)
    if "\n\n\n\n" in text:
        text = BLANKS.sub("\n\n\n", text)
    return _without_margin(text) if text[:1] == " " else text


def _without_ends(text: str) -> str:
    """Without the spaces at the ends of its lines, and the blank lines around it."""
    if " \n" in text or ("\xa0" in text and "\xa0\n" in text) or ("\t" in text and "\t\n" in text):
        text = "\n".join(map(str.rstrip, text.split("\n")))
    return text.rstrip().strip("\n")


def _without_margin(text: str) -> str:
    """Yahoo and some others indent all they send; such a margin goes."""
    lines = text.split("\n")
    margin = min([len(line) - len(line.lstrip(" ")) for line in lines if line])
    return "\n".join([line[margin:] for line in lines])
