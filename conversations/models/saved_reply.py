from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.tenant import AddressedModel


class SavedReply(AddressedModel):
    """A text kept for use by `/`, in one language, with fields in braces."""

    title = models.CharField(max_length=120)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    text = models.TextField(help_text=_("Fields: {name}, {first_name}, {campaign}, {link}, {me}"))

    class Meta:
        ordering = ["title"]
        verbose_name_plural = _("saved replies")
        constraints = [models.UniqueConstraint(fields=["organization", "title", "language"], name="saved_reply_once")]

    def __str__(self) -> str:
        return self.title
