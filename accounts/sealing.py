"""Secrets of organizations that must be read again (a mail server's password): sealed before they are stored.

A copy of the database opens nothing; the key hangs on SECRET_KEY.
"""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(secret: str) -> str:
    return _box(settings.SECRET_KEY).encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """What was sealed; empty when it was sealed under another SECRET_KEY."""
    try:
        return _box(settings.SECRET_KEY).decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


@lru_cache(maxsize=2)
def _box(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"sealing:" + key.encode()).digest()))
