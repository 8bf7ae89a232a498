"""Mail without a mail account: each one is a file in DATA_DIR/mail, to be read at /dev/mail/."""

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class EmlBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for mail in email_messages:
            keep(mail.message().as_bytes())
        return len(email_messages)


def folder() -> Path:
    return settings.DATA_DIR / "mail"


def keep(raw: bytes) -> Path:
    """Writes the mail whole or not at all: a reader never sees half of one."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{timezone.now():%Y%m%dT%H%M%S.%f}-{uuid4().hex[:8]}.eml"
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(raw)
    return unfinished.replace(path)
