"""Which files an organization takes: how large, of which kinds. The one rule for every entrance."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import FileKind, Organization
from conversations import refusals, scanning
from conversations.attaching import Upload
from conversations.contents import content_type_of, kind_of
from conversations.sizes import limit_in_words


@dataclass(frozen=True)
class FileRules:
    """`size_limit` in bytes."""

    size_limit: int
    kinds: frozenset[str]

    @classmethod
    def of(cls, organization: Organization) -> Self:
        return cls(
            min(organization.file_size_limit * settings.MIB, settings.FILE_SIZE_LIMIT),
            frozenset(organization.file_kinds),
        )

    @property
    def limit_in_words(self) -> str:
        return limit_in_words(self.size_limit)

    @property
    def kinds_in_words(self) -> str:
        """Where others are taken too, only what isn't can be told."""
        if FileKind.OTHER not in self.kinds:
            return _listed(kind for kind in FileKind if kind in self.kinds)
        if refused := _listed(kind for kind in FileKind if kind not in self.kinds):
            return _("everything except %(kinds)s") % {"kinds": refused}
        return _("everything")

    def check(self, upload: Upload) -> Upload:
        """The upload, looked through. Raises TooLarge, RefusedKind, Infected, NotScanned."""
        if upload.is_checked:
            return upload
        if len(upload.content) > self.size_limit:
            raise refusals.TooLarge(upload.name, self.size_limit)
        if kind_of(content_type_of(upload.content)) not in self.kinds:
            raise refusals.RefusedKind(upload.name, self.kinds_in_words)
        if found := scanning.infection(upload.content):
            raise refusals.Infected(upload.name, found)
        return replace(upload, is_checked=True)

    def checked(self, uploads: Iterable[Upload]) -> list[Upload]:
        return [self.check(upload) for upload in uploads]


def _listed(kinds: Iterable[FileKind]) -> str:
    return ", ".join(str(kind.label) for kind in kinds)


def withheld_where_harmful(uploads: Iterable[Upload]) -> list[Upload]:
    """Of a mail, which is never refused for what is attached: what is infected is kept and given to nobody."""
    return [upload if upload.is_checked else _marked(upload) for upload in uploads]


def _marked(upload: Upload) -> Upload:
    try:
        found = scanning.infection(upload.content)
    except refusals.NotScanned:
        return replace(upload, is_checked=True, withheld=scanning.NOT_SCANNED)
    return replace(upload, is_checked=True, withheld=found[: scanning.LONGEST_NAME])
