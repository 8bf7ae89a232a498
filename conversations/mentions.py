"""Members named with @ in a note."""

from accounts.models import Member
from conversations.models import Conversation
from conversations.seeing import who_see


def mentioned_in(text: str, conversation: Conversation, *, by: Member) -> list[Member]:
    """Those whom it helps to name, and whose full name stands after an @ in the text."""
    if "@" not in text:
        return []
    return [member for member in who_see(conversation).exclude(pk=by.pk) if f"@{member.name}" in text]
