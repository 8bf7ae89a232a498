"""Files of messages: kept privately, each content once per organization."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import puremagic
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from conversations import refusals

if TYPE_CHECKING:
    from conversations.models import Message

MOST_FILES = 10
UNKNOWN = "application/octet-stream"
SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}


@dataclass(frozen=True)
class Upload:
    """A file on its way in: its name as given, its bytes."""

    name: str
    content: bytes


def uploads_of(files: Iterable[UploadedFile]) -> list[Upload]:
    """The files of a form, read. Raises TooLarge, TooMany: before any of them is read."""
    files = list(files)
    if len(files) > MOST_FILES:
        raise refusals.TooMany(MOST_FILES)
    for file in files:
        if (file.size or 0) > settings.FILE_SIZE_LIMIT:
            raise refusals.TooLarge(file.name or "file", settings.FILE_SIZE_LIMIT)
    return [Upload(file.name or "file", file.read()) for file in files]


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
