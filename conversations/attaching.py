"""Files of messages: kept privately, each content once per organization."""

import hashlib
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

    attached, contents = [], {}
    for message, uploads in files:
        message.attached = []
        for upload in uploads:
            sha256 = hashlib.sha256(upload.content).hexdigest()
            contents[sha256] = upload.content
            message.attached.append(_file(message, upload))
            attached.append((message.attached[-1], sha256))
    keys = _kept(contents) if contents else {}
    for file, sha256 in attached:
        file.content_id = keys[sha256]
    MessageFile.objects.bulk_create(file for file, _sha256 in attached)


def _file(message: "Message", upload: Upload) -> "MessageFile":
    from conversations.models import MessageFile

    return MessageFile(
        message=message,
        name=upload.name.replace("\x00", "").rsplit("/", 1)[-1][:255] or "file",
        content_type=content_type_of(upload.content),
        size=len(upload.content),
        withheld=upload.withheld,
    )


def _kept(contents: dict[str, bytes]) -> dict[str, int]:
    """The keys of these contents, by their SHA-256; those that are new are kept, in an order that is everybody's."""
    from conversations.models import FileContent

    keys = dict(FileContent.objects.filter(sha256__in=contents).values_list("sha256", "pk"))
    if new := sorted(contents.keys() - keys.keys()):
        rows = [FileContent(sha256=sha256, content=contents[sha256]) for sha256 in new]
        once = ["organization", "sha256"]  # of one that somebody else keeps at this moment, its key comes back
        FileContent.objects.bulk_create(rows, update_conflicts=True, unique_fields=once, update_fields=["sha256"])
        keys |= {row.sha256: row.pk for row in rows}
    return keys
