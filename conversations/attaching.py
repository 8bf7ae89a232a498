"""Files of messages: kept privately, each content once per organization."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from accounts.models import Organization
from conversations import refusals
from conversations.contents import content_type_of

if TYPE_CHECKING:
    from conversations.models import Message, MessageFile

MOST_FILES = 10
SHOWN_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}


@dataclass(frozen=True)
class Upload:
    """A file on its way in: its name as given, its bytes. `withheld`: why nobody may fetch it."""

    name: str
    content: bytes
    withheld: str = ""
    is_checked: bool = False


def uploads_of(files: Iterable[UploadedFile], organization: Organization) -> list[Upload]:
    """The files of a form, read. Raises TooLarge, TooMany: before any of them is read."""
    files, limit = list(files), organization.file_size_limit * settings.MIB
    if len(files) > MOST_FILES:
        raise refusals.TooMany(MOST_FILES)
    for file in files:
        if (file.size or 0) > limit:
            raise refusals.TooLarge(file.name or "file", limit)
    return [Upload(file.name or "file", file.read()) for file in files]


def attach(message: "Message", uploads: Iterable[Upload]) -> "list[MessageFile]":
    from conversations.models import FileContent, MessageFile

    known = FileContent.objects.defer("content")
    attached = []
    for upload in uploads:
        sha256 = hashlib.sha256(upload.content).hexdigest()
        content, _ = known.get_or_create(sha256=sha256, defaults={"content": upload.content})
        file = MessageFile.objects.create(
            message=message,
            name=upload.name.replace("\x00", "").rsplit("/", 1)[-1][:255] or "file",
            content_type=content_type_of(upload.content),
            size=len(upload.content),
            content=content,
            withheld=upload.withheld,
        )
        attached.append(file)
    return attached
