"""Secrets that grant: made of a keyed hash over a stored random nonce, and stored only as a hash.

A copy of the database opens nothing, and the application can write the same address into the next mail again.
"""

import base64
import hashlib
import secrets

from accounts.secret_keys import digests

LENGTH = 26  # 130 bits in base32


def new_nonce() -> str:
    return secrets.token_hex(16)


def token_of(nonce: str) -> str:
    """The secret itself: 26 characters of lower-case base32, fit for an address and a mail's local part."""
    return tokens_of(nonce)[0]


def tokens_of(nonce: str) -> list[str]:
    """The same under every SECRET_KEY that is known, the one in use first."""
    return [base64.b32encode(digest).decode().lower()[:LENGTH] for digest in digests(f"secret-link:{nonce}")]


def told(nonce: str, token_hash: str) -> str:
    """The secret that was stored as this hash; empty when it was made under a SECRET_KEY that isn't known any more."""
    return next((token for token in tokens_of(nonce) if hash_of(token) == token_hash), "")


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
