"""The body among a mail's parts: its best plain text, and its HTML."""

import re
from dataclasses import dataclass
from email.message import Message

from gateways.email.files import is_file
from gateways.email.flowed import unflow
from gateways.email.markup import Line, lines_of
from gateways.email.structure import children, text_of

LONGEST_TEXT = 1_000_000
LONGEST_HTML = 1_000_000
DEEPEST_HTML, MOST_TAGS = 300, 60_000
NESTING = re.compile(r"(?i)<(/?)(?!(?:br|p|li|tr|td|th|dt|dd|img|hr|meta|link|input|col|wbr|option)\b)[a-z]")


@dataclass(frozen=True, slots=True)
class Body:
    """One run of text, in either form or both."""

    plain: str = ""
    html: str = ""

    @property
    def is_html(self) -> bool:
        return bool(self.html) and _says_nothing(self.plain)

    def lines(self) -> list[Line]:
        if self.is_html:
            return lines_of(self.html)
        return [Line(line) for line in self.plain.strip("\n").split("\n")]


def text_and_lines(found: list[Body]) -> tuple[str, tuple[Line, ...]]:
    """The whole text; and its lines with their roles, where HTML knows any."""
    if not any(body.is_html for body in found):
        return "\n\n".join(body.plain.strip("\n") for body in found), ()
    lines = [line for body in found for line in (*body.lines(), Line(""))][:-1]
    return "\n".join(line.text for line in lines).strip("\n"), tuple(lines)


def html_of(found: list[Body]) -> str:
    """The original HTML; none where it is nested deeper than mail programs nest: nh3 takes quadratic time over
    that, 28 s for 40,000 elements. The text has been read all the same."""
    html = "<br>".join(body.html for body in found if body.html)[:LONGEST_HTML]
    depth = 0
    if html.count("<") > MOST_TAGS:
        return ""
    for closing in NESTING.findall(html):
        depth = max(depth - 1, 0) if closing else depth + 1
        if depth > DEEPEST_HTML:
            return ""
    return html


def bodies(root: Message, language: str | None = None) -> list[Body]:
    """In order. The forms of a multipart/alternative are one; parts of a multipart/mixed are several."""
    found: list[Body] = []
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.get_content_type() == "multipart/alternative":
            found += _merged([bodies(child, language) for child in children(part)])
        elif part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(children(part))
        elif not is_file(part):
            found.append(_body(part, language))
    return [body for body in found if body.plain.strip() or body.html.strip()]


def _merged(forms: list[list[Body]]) -> list[Body]:
    """The first plain form and the last in HTML; each may have several texts, with files between."""
    plain = next((form for form in forms if any(body.plain for body in form)), [])
    html = next((form for form in reversed(forms) if any(body.html for body in form)), plain)
    if plain is html:
        return plain
    texts, pages = [body.plain for body in plain if body.plain], [body.html for body in html if body.html]
    return [Body("\n\n".join(texts), "<br>".join(pages))]


def _body(part: Message, language: str | None) -> Body:
    text = text_of(part, language)
    if part.get_content_type() == "text/html":
        return Body(html=text[:LONGEST_HTML])
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflow(text, drop_space=str(part.get_param("delsp", "")).lower() == "yes")
    return Body(plain=text[:LONGEST_TEXT])


def _says_nothing(plain: str) -> bool:
    """Empty, or one of the lines that tell the reader to get a program that shows HTML."""
    return not plain.strip() or (
        len(plain) < 300 and bool(re.search(r"(?i)\bhtml\b.*\b(view|support|client|mail)", plain))
    )
