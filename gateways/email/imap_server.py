"""An IMAP server (RFC 9051): its connection, what it can do, and a mail out of it."""

import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

from accounts.mailing import PermanentFailure
from gateways.email.structure import headers_in
from gateways.email.transport import check_outside
from gateways.models import Mailbox

TIMEOUT_SECONDS = 30
SIZE = re.compile(r"RFC822\.SIZE (\d{1,18})")
BOXES: dict[str, Callable[..., BaseMailBox]] = {
    Mailbox.Encryption.TLS: MailBox,
    Mailbox.Encryption.STARTTLS: MailBoxStartTls,
    Mailbox.Encryption.NONE: MailBoxUnencrypted,
}

IN_WORDS: dict[type[Exception], str] = {
    socket.gaierror: "No server of this name is known.",
    ConnectionRefusedError: "Nothing answers at this port.",
    TimeoutError: "The server doesn't answer.",
    ssl.SSLCertVerificationError: "The server's certificate isn't one that this machine trusts.",
    MailboxLoginError: "The server doesn't take this user name with this password.",
    MailboxFolderSelectError: "The server has no such folder.",
}


class NoMailServer(Exception):
    """Something else answers there. What it says is about somebody's inside, so it isn't told."""

    def __str__(self) -> str:
        return "This is not an IMAP server."


class NotTaken(Exception):
    """A mail that can't be had; the others can."""


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    """Raises imap_tools' and imaplib's errors, OSError, NoMailServer, and what check_outside does."""
    if settings.PRODUCTION:
        check_outside(mailbox.host)
    if not mailbox.is_safe:
        raise PermanentFailure("No password goes out without encryption.")
    with _connected(mailbox) as server:
        server.login(mailbox.username, mailbox.password, initial_folder=mailbox.folder)
        yield server


def in_words(problem: BaseException) -> str:
    """What an admin reads beside the mailbox, and after it what the machines said."""
    said = str(problem) or type(problem).__name__
    kinds = [words for kind, words in IN_WORDS.items() if isinstance(problem.__cause__ or problem, kind)]
    return " ".join([*kinds[:1], said])


def _connected(mailbox: Mailbox) -> BaseMailBox:
    is_open = mailbox.encryption == Mailbox.Encryption.NONE
    secure = {} if is_open else {"ssl_context": ssl.create_default_context()}  # without it nothing is verified
    try:
        return BOXES[mailbox.encryption](mailbox.host, mailbox.port, timeout=TIMEOUT_SECONDS, **secure)
    except imaplib.IMAP4.error as error:
        raise NoMailServer from error


def can_idle(server: BaseMailBox) -> bool:
    _status, names = server.client.capability()
    return b"IDLE" in b" ".join(names).upper().split()


def raw_of(server: BaseMailBox, uid: int) -> bytes:
    """The bytes as they lie there, not marked as read; nothing where the mail is gone. Raises NotTaken."""
    told = SIZE.search(repr(_fetched(server, uid, "(RFC822.SIZE)")))  # among what else the server tells meanwhile
    size = int(told[1]) if told else 0
    if size > settings.MAIL_SIZE_LIMIT:
        sender = headers_in(_content(_fetched(server, uid, "(BODY.PEEK[HEADER.FIELDS (FROM)])"))).get("From")
        raise NotTaken(f"it has {size // settings.MIB} MB, from {sender[:100]}.")
    return _content(_fetched(server, uid, "(BODY.PEEK[])"))


def _fetched(server: BaseMailBox, uid: int, what: str) -> list[Any]:
    """Raises NotTaken where the server doesn't say OK."""
    status, parts = server.client.uid("fetch", str(uid), what)
    if status != "OK":
        raise NotTaken(f"the server says {status}.")
    return parts


def _content(parts: list[Any]) -> bytes:
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")
