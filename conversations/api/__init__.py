"""Conversations and messages for other programs."""

from conversations.api.conversations import router
from conversations.api.messages import router as messages_router

router.add_router("", messages_router)

__all__ = ["router"]
