"""Secrets of organizations that must be read again (a mail server's password): sealed before they are stored.

A copy of the database opens nothing; the key hangs on SECRET_KEY.
"""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from accounts.secret_keys import secret_keys


def seal(secret: str) -> str:
    return _boxes().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """What was sealed; empty when it was sealed under a SECRET_KEY that isn't known any more."""
    try:
        return _boxes().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


def sealed_anew(sealed: str) -> str:
    """The same secret under the SECRET_KEY in use; untouched where it can't be read any more."""
    try:
        return _boxes().rotate(sealed).decode() if sealed else ""
    except InvalidToken:
        return sealed


def _boxes() -> MultiFernet:
    return MultiFernet([_box(key) for key in secret_keys()])


@lru_cache(maxsize=8)
def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"sealing:" + key.encode()).digest()))
