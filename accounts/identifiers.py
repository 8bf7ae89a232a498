import uuid

import uuid_utils


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): sorts by time in an index, and its 74 random bits can't be guessed in an address."""
    return uuid.UUID(int=uuid_utils.uuid7().int)
