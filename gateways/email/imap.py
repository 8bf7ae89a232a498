"""Mailboxes: what has come into them is taken in, once; IDLE (RFC 2177) says when there is something new."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted

from accounts.tenancy import enter
from gateways.email.addresses import addresses
from gateways.email.identity import token_in
from gateways.email.ingest import ingest, key_of, organization_of
from gateways.email.structure import headers_in
from gateways.models import Mailbox, Taken

log = structlog.get_logger(__name__)
TIMEOUT_SECONDS = 30
IDLE_SECONDS = 60  # how long a claim lives beyond its last look, too
CLAIM = timedelta(seconds=3 * IDLE_SECONDS)
BOXES: dict[str, Callable[..., BaseMailBox]] = {
    Mailbox.Encryption.TLS: MailBox,
    Mailbox.Encryption.STARTTLS: MailBoxStartTls,
    Mailbox.Encryption.NONE: MailBoxUnencrypted,
}
# Where servers write whom a mail was for; To and Cc are the sender's word.
DESTINATIONS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")


def claim(organization_id: int, mailbox_id: UUID, process: UUID) -> Mailbox | None:
    """The mailbox, if it is to be watched and no other process watches it."""
    now = timezone.now()
    free = Q(claimed_by=process) | Q(claimed_by=None) | Q(claimed_until__lt=now)
    with enter(organization_id):
        mine = Mailbox.objects.filter(free, pk=mailbox_id, is_active=True, account__is_active=True)
        if not mine.update(claimed_by=process, claimed_until=now + CLAIM):
            return None
        return Mailbox.objects.select_related("account").get(pk=mailbox_id)


def release(organization_id: int, process: UUID) -> None:
    """Lets another process watch what this one watched."""
    with enter(organization_id):
        Mailbox.objects.filter(claimed_by=process).update(claimed_by=None, claimed_until=None)


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    """Raises imap_tools' and imaplib's errors, and OSError."""
    with BOXES[mailbox.encryption](mailbox.host, mailbox.port, timeout=TIMEOUT_SECONDS) as server:
        server.login(mailbox.username, mailbox.password, initial_folder=mailbox.folder)
        yield server


def take_new(mailbox: Mailbox, server: BaseMailBox) -> int:
    """Takes in what has come since the last time; returns how many mails that were.

    A mailbox whose UIDVALIDITY changed is gone through from its beginning: keys tell what was taken before.
    """
    validity = int(server.folder.status(mailbox.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
    if validity != mailbox.uid_validity:
        mailbox.uid_validity, mailbox.last_uid = validity, 0
    # `n:*` names the last mail even where its number is smaller.
    found = sorted(uid for uid in map(int, server.uids(f"UID {mailbox.last_uid + 1}:*")) if uid > mailbox.last_uid)
    taken = sum(_take(mailbox, server, uid) for uid in found)
    with enter(mailbox.organization_id):
        mailbox.looked_at, mailbox.problem = timezone.now(), ""
        mailbox.save(update_fields=["uid_validity", "last_uid", "looked_at", "problem"])
    return taken


def _take(mailbox: Mailbox, server: BaseMailBox, uid: int) -> bool:
    raw = _raw(server, uid)
    address = destination(raw, mailbox) if raw else ""
    key = key_of(raw, headers_in(raw), address)
    if is_new := bool(raw) and not _was_taken(mailbox, uid, key):
        ingest(raw, envelope_to=address, envelope_from=_return_path(raw), via="imap")
    with enter(mailbox.organization_id):
        facts = {"uid_validity": mailbox.uid_validity, "uid": uid}
        Taken.objects.get_or_create(mailbox=mailbox, **facts, defaults={"key": key})
        mailbox.last_uid = uid
        Mailbox.objects.filter(pk=mailbox.pk).update(uid_validity=mailbox.uid_validity, last_uid=uid)
    return is_new


def _was_taken(mailbox: Mailbox, uid: int, key: str) -> bool:
    with enter(mailbox.organization_id):
        here = Q(mailbox=mailbox, uid_validity=mailbox.uid_validity, uid=uid)
        return Taken.objects.filter(here | Q(key=key)).exists()


def _raw(server: BaseMailBox, uid: int) -> bytes:
    """The bytes as they lie there, not marked as read; nothing where the mail is gone or beyond the limit."""
    _status, sizes = server.client.uid("fetch", str(uid), "(RFC822.SIZE)")
    size = int(str(sizes[0]).partition("RFC822.SIZE ")[2].partition(")")[0] or 0) if sizes and sizes[0] else 0
    if size > settings.MAIL_SIZE_LIMIT:
        log.warning("mail_too_large", uid=uid, size=size)
        return b""
    _status, parts = server.client.uid("fetch", str(uid), "(BODY.PEEK[])")
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")


def destination(raw: bytes, mailbox: Mailbox) -> str:
    """A reply address of this organization, where the mail names one; else the mailbox's own."""
    headers = headers_in(raw)
    named = (one.address for name in DESTINATIONS for value in headers.all(name) for one in addresses(value[:10_000]))
    tokens = [address for address in named if token_in(address)][:5]
    own = (address for address in tokens if organization_of(address) == mailbox.organization_id)
    return next(own, mailbox.account.address)


def _return_path(raw: bytes) -> str:
    return headers_in(raw).get("Return-Path").strip("<> ")
