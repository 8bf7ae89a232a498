"""Their mail → Arrival: stored as it came, before anything tries to understand it."""

from hashlib import sha256
from typing import Any

from django.utils import timezone

from accounts import doors
from accounts.tenancy import enter
from accounts.updating import insert_once
from gateways.doors import organization_of_channel_account
from gateways.email.addresses import addresses, named
from gateways.email.headers import Headers, beginning_with_headers
from gateways.email.identity import content_key, token_in
from gateways.email.structure import headers_in
from gateways.inbox import nudge
from gateways.models.arrival import LONGEST_SUBJECT, Arrival
from gateways.refusals import UnknownAddress

LONGEST_ADDRESS, LONGEST_LIST = 320, 100_000
MOST_RECIPIENTS = 1_000


def ingest(raw: bytes, *, envelope_to: str, envelope_from: str, via: str) -> Arrival:
    """Stores the mail once, however often it comes, and has a task understand it. Raises UnknownAddress.

    Not to be called inside an organization: its address decides which one it belongs to.
    """
    organization_id = organization_of(envelope_to)
    if not organization_id:
        raise UnknownAddress(envelope_to)
    return store(raw, organization_id, envelope_to=envelope_to, envelope_from=envelope_from, via=via)


def store(
    raw: bytes,
    organization_id: int | None,
    *,
    envelope_to: str,
    envelope_from: str,
    via: str,
    found_out: bytes = b"",
) -> Arrival:
    """The same, of a mail whose organization was found by its address just now. `found_out` is a header field that is
    kept above it."""
    headers = headers_in(raw)
    with enter(organization_id):
        arrival = Arrival(
            key=key_of(raw, headers, envelope_to),
            channel="email",
            raw=found_out + beginning_with_headers(raw) if found_out else raw,
            envelope_to=_kept(envelope_to),
            envelope_from=_kept(envelope_from),
            via=via,
            arrived_at=timezone.now(),
            **facts_of(headers),
        )
        if not insert_once(arrival):  # a copy of a mail that came before
            return Arrival.objects.get(key=arrival.key)
        nudge(arrival)
        return arrival


def key_of(raw: bytes, headers: Headers, envelope_to: str) -> str:
    """The same for each copy of a mail to an address: its Message-ID and body; without an id every byte of it."""
    key = f"{envelope_to.strip().lower()}\n{content_key(raw, headers)}"
    return sha256(key.encode("utf-8", "replace")).hexdigest()


def facts_of(headers: Headers) -> dict[str, Any]:
    """What a mail is looked for by later: who sent it, its subject and id, whom it names."""
    named_in = (*headers.all("To"), *headers.all("Cc"))
    recipients = dict.fromkeys(one.address for one in addresses(", ".join(named_in)[:LONGEST_LIST]))
    return {
        "sender": named(headers.get("From")).address[:320],
        "subject": headers.get("Subject")[:LONGEST_SUBJECT],
        "mail_id": headers.get("Message-ID").strip("<> ")[:255],
        "recipients": [one for one in recipients if len(one) <= LONGEST_ADDRESS][:MOST_RECIPIENTS],
    }


def organization_of(address: str) -> int | None:
    """By the secret of a reply address, else as one of the organizations' mailboxes."""
    if token := token_in(address):
        return doors.organization_of_reply_key(token)
    if "\x00" in address:
        return None
    return organization_of_channel_account("email", _kept(address))


def _kept(address: str) -> str:
    return address.encode("utf-8", "replace").decode().replace("\x00", "")[:320]
