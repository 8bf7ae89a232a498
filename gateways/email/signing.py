"""DKIM (RFC 6376): mails of an organization's own domain are signed with its key, so that receivers believe From."""

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Self

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from accounts.addressed_mail import AddressedMail
from accounts.sealing import seal, unseal
from gateways.models import SendingDomain

KEY_BITS = 2048
SIGNED = [
    b"From", b"To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References", b"Reply-To", b"MIME-Version",
    b"Content-Type", b"List-Unsubscribe", b"List-Unsubscribe-Post",
]  # fmt: skip


@dataclass(frozen=True)
class Signer:
    domain: str
    selector: str
    key: bytes

    @classmethod
    def of(cls, domain: SendingDomain) -> Self | None:
        """None when its key can't be read any more."""
        key = unseal(domain.sealed_key).encode()
        return cls(domain.domain, domain.selector, key) if key else None

    def signature(self, mail: EmailMessage) -> str:
        """The value of the mail's DKIM-Signature."""
        signed = [name for name in SIGNED if name.decode() in mail]
        names = {"include_headers": signed, "canonicalize": (b"relaxed", b"relaxed")}
        field = dkim.sign(mail.as_bytes(policy=SMTP), self.selector.encode(), self.domain.encode(), self.key, **names)
        return " ".join(field.decode().partition(":")[2].split())


class SignedMail(AddressedMail):
    """A mail that is signed as it leaves, where its domain has a key."""

    signer: Signer | None = None

    def message(self, **options: Any) -> EmailMessage:
        mail = super().message(**options)
        if self.signer:
            mail["DKIM-Signature"] = self.signer.signature(mail)
        return mail


def with_new_key(domain: str) -> SendingDomain:
    """Not saved."""
    key = rsa.generate_private_key(65537, KEY_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    letters = "".join(public.decode().splitlines()[1:-1])
    return SendingDomain(domain=domain, sealed_key=seal(private.decode()), public_key=letters)
