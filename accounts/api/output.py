"""What goes out that isn't JSON."""

from typing import Any


def bytes_of(*content_types: str) -> dict[str, Any]:
    """For the document: the answer is a file of one of these types."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = dict.fromkeys(content_types, binary)
    return {"responses": {200: {"description": "The bytes", "content": content}}}
