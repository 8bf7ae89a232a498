"""Their mail → Arrival: stored as it came, before anything tries to understand it."""

from hashlib import sha256

from django.utils import timezone

from accounts import doors
from accounts.tenancy import enter
from gateways.doors import organization_of_channel_account
from gateways.email.identity import content_key, token_in
from gateways.inbox import nudge
from gateways.models import Arrival
from gateways.refusals import UnknownAddress


def ingest(raw: bytes, *, envelope_to: str, envelope_from: str, via: str) -> Arrival:
    """Stores the mail once, however often it comes, and has a task understand it. Raises UnknownAddress.

    Not to be called inside an organization: its address decides which one it belongs to.
    """
    organization_id = organization_of(envelope_to)
    if not organization_id:
        raise UnknownAddress(envelope_to)
    with enter(organization_id):
        arrival, is_new = Arrival.objects.get_or_create(
            key=sha256(f"{envelope_to.lower()}\n{content_key(raw)}".encode("utf-8", "replace")).hexdigest(),
            defaults={
                "channel": "email",
                "raw": raw,
                "envelope_to": _kept(envelope_to),
                "envelope_from": _kept(envelope_from),
                "via": via,
                "arrived_at": timezone.now(),
            },
        )
        if is_new:
            nudge(arrival)
        return arrival


def organization_of(address: str) -> int | None:
    """By the secret of a reply address, else as one of the organizations' mailboxes."""
    if token := token_in(address):
        return doors.organization_of_reply_key(token)
    if "\x00" in address:
        return None
    return organization_of_channel_account("email", _kept(address))


def _kept(address: str) -> str:
    return address.encode("utf-8", "replace").decode().replace("\x00", "")[:320]
