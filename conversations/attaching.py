"""Files of messages: kept privately, each content once per organization."""

import hashlib
import re
from collections.abc import Iterable, Sequence
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
TRICKS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
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


def attach(files: "Iterable[tuple[Message, Sequence[Upload]]]") -> None:
    """Keeps the files of messages that were just written, each content once."""
    from conversations.models import MessageFile

    files, attached = list(files), []
    keys = iter(kept_contents(upload for _message, uploads in files for upload in uploads))
    for message, uploads in files:
        message.attached = [_file(message, upload, next(keys)) for upload in uploads]
        attached += message.attached
    MessageFile.objects.bulk_create(attached)


def kept_name(upload: Upload) -> str:
    """Nothing in it ends a line of a header, or turns the direction of writing around."""
    name = TRICKS.sub("", upload.name).replace("\\", "/").rpartition("/")[2]
    return name.strip(" .")[:255] or "file"


def kept_contents(uploads: Iterable[Upload]) -> list[int]:
    """The keys of their contents, in order; those that are new are kept."""
    contents = [(hashlib.sha256(upload.content).hexdigest(), upload.content) for upload in uploads]
    keys = _keys(dict(contents)) if contents else {}
    return [keys[sha256] for sha256, _content in contents]


def _file(message: "Message", upload: Upload, content: int) -> "MessageFile":
    from conversations.models import MessageFile

    return MessageFile(
        message=message,
        name=kept_name(upload),
        content_type=content_type_of(upload.content),
        size=len(upload.content),
        content_id=content,
        withheld=upload.withheld,
    )


def _keys(contents: dict[str, bytes]) -> dict[str, int]:
    """By their SHA-256; new ones are written in an order that is everybody's."""
    from conversations.models import FileContent

    keys = dict(FileContent.objects.filter(sha256__in=contents).values_list("sha256", "pk"))
    if new := sorted(contents.keys() - keys.keys()):
        rows = [FileContent(sha256=sha256, content=contents[sha256]) for sha256 in new]
        once = ["organization", "sha256"]  # of one that somebody else keeps at this moment, its key comes back
        FileContent.objects.bulk_create(rows, update_conflicts=True, unique_fields=once, update_fields=["sha256"])
        keys |= {row.sha256: row.pk for row in rows}
    return keys
