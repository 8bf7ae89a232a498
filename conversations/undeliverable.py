"""Why a mail did not reach the person, in plain words: by the status the server gave (RFC 3463)."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STATUS = re.compile(r"(?<![.\d])5\.(\d\.\d{1,3})(?!\.?\d)")
NO_MAILBOX = gettext_lazy("There is no such mailbox.")
TOO_LARGE = gettext_lazy("The mail is too large for this mailbox.")
NO_SERVER = gettext_lazy("No mail server is found for this address.")
MEANINGS: dict[str, str | Promise] = {
    "1.1": NO_MAILBOX,
    "1.6": NO_MAILBOX,
    "1.10": NO_MAILBOX,
    "1.2": NO_SERVER,
    "4.4": NO_SERVER,
    "2.1": gettext_lazy("The mailbox is not in use."),
    "2.2": gettext_lazy("The mailbox is full."),
    "2.3": TOO_LARGE,
    "3.4": TOO_LARGE,
    "7.1": gettext_lazy("The recipient’s mail server refused it."),
}


def plainly(reason: str) -> str:
    """Ours are in our words, in the language that is active; a server's where they have a known meaning, else as it
    said them."""
    status = STATUS.search(reason)
    meaning = MEANINGS.get(status[1]) if status else None
    return str(meaning or _(reason)) if reason else ""
