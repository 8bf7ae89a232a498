"""The files of a mail, and the names they go by."""

import mimetypes
import re
from email.message import Message

from gateways.email.mail import File
from gateways.email.structure import children, content_of, headers_from, parameter

EXTENSIONS = {"message/rfc822": ".eml", "text/calendar": ".ics", "message/delivery-status": ".txt"}


def is_file(part: Message) -> bool:
    """Text without a name and not called an attachment is the body; all else is a file."""
    if part.get_content_type() not in ("text/plain", "text/html"):
        return True
    if part.get_content_disposition() == "attachment":
        return True
    return bool(_given_name(part, None))


def file_from(part: Message, language: str | None = None) -> File:
    content_id = str(part.get("Content-ID", "")).strip(" <>\r\n\t")
    content_type = part.get_content_type()
    return File(
        name=_given_name(part, language) or _made_up_name(part, content_type, language),
        content_type=content_type,
        content=content_of(part),
        content_id=content_id or None,
    )


def _given_name(part: Message, language: str | None) -> str:
    name = parameter(part, "content-disposition", "filename", language)
    return safe_name(name or parameter(part, "content-type", "name", language))


def _made_up_name(part: Message, content_type: str, language: str | None) -> str:
    extension = EXTENSIONS.get(content_type) or mimetypes.guess_extension(content_type) or ".bin"
    if content_type == "message/rfc822" and (attached := children(part)):
        subject = safe_name(headers_from(attached[0], language).get("Subject"))
        return (subject or "message") + extension
    return content_type.partition("/")[0] + extension


def safe_name(name: str) -> str:
    """One path component without separators, control characters or tricks of writing direction."""
    name = re.sub(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", "", name)
    name = name.replace("\\", "/").rpartition("/")[2]
    stem, dot, extension = name.strip(" .").rpartition(".")
    return f"{stem[: 200 - len(extension[:20])]}{dot}{extension[:20]}" if dot else extension[:200]
