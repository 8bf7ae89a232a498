"""What secrets of ours are derived from: SECRET_KEY, and for what was made before it changed, its predecessors."""

import hmac
from hashlib import sha256

from django.conf import settings


def secret_keys() -> list[str]:
    """The one that new secrets are made with first."""
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]


def digests(content: str) -> list[bytes]:
    """The keyed hash of this content under each of them."""
    return [hmac.new(key.encode(), content.encode(), sha256).digest() for key in secret_keys()]
