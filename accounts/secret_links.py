"""Secrets that grant: made of a keyed hash over a stored random nonce, and stored only as a hash.

A copy of the database opens nothing, and the application can write the same address into the next mail again.
"""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

LENGTH = 26  # 130 bits in base32


def new_nonce() -> str:
    return secrets.token_hex(16)


def token_of(nonce: str) -> str:
    """The secret itself: 26 characters of lower-case base32, fit for an address and a mail's local part."""
    digest = hmac.new(settings.SECRET_KEY.encode(), b"secret-link:" + nonce.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:LENGTH]


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
