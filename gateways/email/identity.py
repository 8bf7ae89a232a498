"""What a mail is known by: ours by ids that stay the same for every attempt and are signed, so that an answer's headers
find the message; theirs by what makes two copies the same.
"""

import hmac
import re
from collections.abc import Iterable
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings

from accounts.mailing import MARK, is_marked
from accounts.secret_keys import digests
from accounts.tenancy import current_organization_id
from gateways.email.headers import Headers

OURS = re.compile(r"([0-9a-f]{32})((?:-\d{1,3})?)\.([0-9a-f]{20})@")
ADDRESS = re.compile(r"reply\+([a-z2-7]{10,60})@(.+)", re.IGNORECASE)


def mail_id(message_id: UUID, retry: int = 0) -> str:
    """The Message-ID of the mail that carries this message, without angle brackets. `retry` counts the attempts by
    hand after the first."""
    return mail_ids(message_id, retry)[0]


def mail_ids(message_id: UUID, retry: int = 0) -> list[str]:
    """The same under every SECRET_KEY that is known, the one in use first."""
    letters = f"{message_id.hex}-{retry}" if retry else message_id.hex
    return [f"{letters}.{signature}@{settings.MAIL_DOMAIN}" for signature in _signatures(letters)]


def answered(ids: Iterable[str]) -> list[UUID]:
    """The messages whose ids are among these, in order; forged ones, and other organizations', are left out."""
    found = (OURS.match(one.lower()) for one in ids)
    return [UUID(hex=one[1]) for one in found if one and _is_signed(one[1] + one[2], one[3])]


def is_ours(headers: Headers) -> bool:
    """Whether it is a mail of this installation; one that another organization wrote is a mail like any."""
    return is_marked(headers.get(MARK))


def token_in(address: str) -> str:
    """The secret of a reply address, or an empty string."""
    found = ADDRESS.fullmatch(address.strip())
    return found[1].lower() if found and found[2].lower() == settings.MAIL_DOMAIN.lower() else ""


def content_key(raw: bytes, headers: Headers) -> str:
    """What makes two mails the same: Message-ID and body. Without an id, every byte."""
    raw = raw.replace(b"\r\n", b"\n")
    mail_id = headers.get("Message-ID").strip()
    if not mail_id:
        return sha256(raw).hexdigest()
    body = raw.partition(b"\n\n")[2].rstrip(b"\n")
    return f"{mail_id[:1000]} {sha256(body).hexdigest()}"


def client_id(raw: bytes, headers: Headers) -> UUID:
    """The message's id as its author's program would have made it, the same for each copy of the mail."""
    return uuid5(NAMESPACE_URL, "mail:" + content_key(raw, headers))


def _is_signed(letters: str, signature: str) -> bool:
    return any(hmac.compare_digest(signature, one) for one in _signatures(letters))


def _signatures(letters: str) -> list[str]:
    """Of the organization that is entered: no other's id is answered here."""
    return [digest.hex()[:20] for digest in digests(f"mail-id:{current_organization_id()}:{letters}")]
