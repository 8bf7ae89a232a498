"""Conversations and messages for other programs."""

from conversations.api.conversations import router
from conversations.api.drafts import router as drafts_router
from conversations.api.files import router as files_router
from conversations.api.messages import router as messages_router
from conversations.api.rejection import router as rejection_router
from conversations.api.saved_replies import router as saved_replies_router
from conversations.api.scheduled import router as scheduled_router

for more in (messages_router, drafts_router, files_router, rejection_router, saved_replies_router, scheduled_router):
    router.add_router("", more)

__all__ = ["router"]
