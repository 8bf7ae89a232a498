"""Files of messages: kept privately, each content once per organization."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import puremagic

if TYPE_CHECKING:
    from conversations.models import Message

UNKNOWN = "application/octet-stream"
SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}


@dataclass(frozen=True)
class Upload:
    """A file on its way in: its name as given, its bytes."""

    name: str
    content: bytes


def attach(message: "Message", uploads: Iterable[Upload]) -> None:
    from conversations.models import FileContent, MessageFile

    for upload in uploads:
        sha256 = hashlib.sha256(upload.content).hexdigest()
        content, _ = FileContent.objects.get_or_create(sha256=sha256, defaults={"content": upload.content})
        MessageFile.objects.create(
            message=message,
            name=upload.name.replace("\x00", "").rsplit("/", 1)[-1][:255] or "file",
            content_type=kind_of(upload.content),
            size=len(upload.content),
            content=content,
        )


def kind_of(content: bytes) -> str:
    """The content type by what the bytes are, never by the name."""
    try:
        return puremagic.from_string(content[:8192], mime=True) or UNKNOWN
    except (puremagic.PureError, ValueError):
        return UNKNOWN
