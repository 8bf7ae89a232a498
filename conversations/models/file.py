from django.db import models
from django.db.models.functions import Now

from accounts.models.tenant import AddressedModel, TenantModel
from conversations.scanning import NOT_SCANNED


class FileContent(TenantModel):
    """The bytes of a file, in the database: behind the same policies as the message, and on every machine."""

    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "sha256"], name="file_content_once")]

    def __str__(self) -> str:
        return self.sha256


class MessageFileQuerySet(models.QuerySet["MessageFile"]):
    def not_scanned(self) -> "MessageFileQuerySet":
        """Held back because nobody has looked through them for viruses."""
        return self.filter(withheld=NOT_SCANNED)


class MessageFile(AddressedModel):
    """A file that came or went with a message. `withheld` says why nobody may fetch it."""

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120, default="application/octet-stream")
    size = models.PositiveIntegerField()
    content = models.ForeignKey(FileContent, on_delete=models.PROTECT)
    withheld = models.CharField(max_length=200, blank=True)

    objects = MessageFileQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["organization", "id"], condition=models.Q(withheld=NOT_SCANNED), name="file_to_look_through"
            )
        ]

    def __str__(self) -> str:
        return self.name
