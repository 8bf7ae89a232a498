"""Raw mail in, Mail out; whatever arrives, nothing raises."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from re import findall

from gateways.email.addresses import addresses, named
from gateways.email.body import bodies, html_of, text_and_lines
from gateways.email.files import file_from, is_file
from gateways.email.headers import Headers
from gateways.email.mail import File, Mail
from gateways.email.markup import Line
from gateways.email.structure import headers_from, headers_in, leaves, parse

MOST_REFERENCES = 200


def read(raw: bytes, *, language: str | None = None) -> Mail:
    """`language` is the conversation's ("cs", "ru"), for mails that declare no charset. What can't be read
    becomes a Mail with its headers as far as they go and the original attached as a file. Never raises."""
    try:
        root = parse(raw)
        return _mail(headers_from(root, language), _content(root, language))
    except Exception:  # noqa: BLE001 - hostile mail finds ways through the standard library that no list of exceptions covers
        return unread(raw, language)


@dataclass(frozen=True, slots=True)
class _Content:
    text: str = ""
    html: str = ""
    files: tuple[File, ...] = ()
    lines: tuple[Line, ...] = ()


def _content(root: Message, language: str | None) -> _Content:
    found = bodies(root, language)
    text, lines = text_and_lines(found)
    return _Content(
        text=text,
        html=html_of(found),
        files=tuple(file_from(part, language) for part in leaves(root) if is_file(part)),
        lines=lines,
    )


def _mail(headers: Headers, content: _Content) -> Mail:
    answered, *more = _ids(headers.get("In-Reply-To")) or [""]
    return Mail(
        headers=headers,
        message_id=_first_id(headers.get("Message-ID")),
        in_reply_to=answered,
        references=tuple([*_ids(headers.get("References")), *more][-MOST_REFERENCES:]),
        sender=named(headers.get("From")),
        reply_to=addresses(headers.get("Reply-To")),
        to=addresses(", ".join(headers.all("To"))),
        cc=addresses(", ".join(headers.all("Cc"))),
        subject=headers.get("Subject")[:1_000],
        date=_date(headers.get("Date")),
        text=content.text,
        html=content.html,
        files=content.files,
        lines=content.lines,
    )


def _ids(value: str) -> list[str]:
    return findall(r"<\s*([^<>\s]{1,1000})\s*>", value) or value.split()[:1]


def _first_id(value: str) -> str:
    return next(iter(_ids(value)), "")


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value[:200])
        return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def unread(raw: bytes, language: str | None = None) -> Mail:
    """The mail with nothing but its header block read. Never raises."""
    original = File("original.eml", "message/rfc822", raw)
    try:
        return _mail(headers_in(raw, language), _Content(files=(original,)))
    except Exception:  # noqa: BLE001 - as above; the original is what must not be lost
        return Mail(Headers([]), files=(original,))
