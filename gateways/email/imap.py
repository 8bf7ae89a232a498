"""Mailboxes: what has come into them is taken in, once; IDLE (RFC 2177) says when there is something new."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from imap_tools import AND, BaseMailBox, U

from accounts.tenancy import enter
from gateways.email.addresses import addresses
from gateways.email.headers import Headers
from gateways.email.identity import token_in
from gateways.email.imap_server import NotTaken, raw_of
from gateways.email.ingest import key_of, organization_of, store
from gateways.email.structure import headers_in
from gateways.models import Mailbox, Taken

IDLE_SECONDS = 60  # how long a claim lives beyond its last look, too
LONGEST_PROBLEM = 300
CLAIM = timedelta(seconds=3 * IDLE_SECONDS)
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


def take_new(mailbox: Mailbox, server: BaseMailBox) -> int:
    """Takes in what has come since the last time; returns how many mails that were. What can't be had is the mailbox's
    problem, and is asked for again each time until it can, or is gone.

    A mailbox whose UIDVALIDITY changed is gone through from its beginning: keys tell what was taken before.
    """
    validity = int(server.folder.status(mailbox.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
    if validity != mailbox.uid_validity:
        mailbox.uid_validity, mailbox.last_uid = validity, 0
    found, left, taken = _new_in(mailbox, server, validity), dict[int, str](), 0
    for uid in found:
        try:
            taken += _take(mailbox, server, uid)
        except NotTaken as why:
            left[uid] = str(why)
    mailbox.last_uid = min(left) - 1 if left else max(found, default=mailbox.last_uid)
    _keep(mailbox, left)
    return taken


def _new_in(mailbox: Mailbox, server: BaseMailBox, validity: int) -> list[int]:
    named = server.uids(AND(uid=U(str(mailbox.last_uid + 1), "*"), date_gte=mailbox.since))
    # `n:*` names the last mail even where its number is smaller.
    found = [uid for uid in map(int, named) if uid > mailbox.last_uid]
    with enter(mailbox.organization_id):
        here = Taken.objects.filter(mailbox=mailbox, uid_validity=validity, uid__in=found)
        return sorted({*found} - {*here.values_list("uid", flat=True)})


def _keep(mailbox: Mailbox, left: dict[int, str]) -> None:
    told = [f"Mail {uid} is not taken in: {why}" for uid, why in left.items()]
    with enter(mailbox.organization_id):
        mailbox.looked_at, mailbox.problem = timezone.now(), " ".join(told)[:LONGEST_PROBLEM]
        mailbox.save(update_fields=["uid_validity", "last_uid", "looked_at", "problem"])


def _take(mailbox: Mailbox, server: BaseMailBox, uid: int) -> bool:
    """Whether it was new. Its number is remembered once it is stored. Raises NotTaken."""
    if not (raw := raw_of(server, uid)):
        return False
    headers = headers_in(raw)
    address, sender = destination(headers, mailbox), headers.get("Return-Path").strip("<> ")
    key = key_of(raw, headers, address)
    if is_new := not _was_taken(mailbox, key):
        store(raw, mailbox.organization_id, envelope_to=address, envelope_from=sender, via="imap")
    with enter(mailbox.organization_id):
        facts = {"uid_validity": mailbox.uid_validity, "uid": uid}
        Taken.objects.get_or_create(mailbox=mailbox, **facts, defaults={"key": key})
    return is_new


def _was_taken(mailbox: Mailbox, key: str) -> bool:
    with enter(mailbox.organization_id):
        return Taken.objects.filter(key=key).exists()


def destination(headers: Headers, mailbox: Mailbox) -> str:
    """A reply address of this organization, where the mail names one, and be it one that leads nowhere any more: what
    answers to it is refused, as it would be at RCPT. Else the mailbox's own."""
    named = (one.address for name in DESTINATIONS for value in headers.all(name) for one in addresses(value[:10_000]))
    tokens = [address for address in named if token_in(address)][:5]
    owners = {address: organization_of(address) for address in tokens}
    here = [address for address in tokens if owners[address] == mailbox.organization_id]
    dead = [address for address in tokens if owners[address] is None]
    return next(iter(here + dead), mailbox.account.address)
