import uuid
from datetime import datetime

import uuid_utils


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): sorts by time in an index, and its 74 random bits can't be guessed in an address."""
    return uuid.UUID(int=uuid_utils.uuid7().int)


def earliest_id(at: datetime) -> uuid.UUID:
    """The smallest identifier that can have been made at this time or later: finds recent rows by their key."""
    return uuid.UUID(int=(int(at.timestamp() * 1000) << 80) | (0x7 << 76) | (0b10 << 62))
