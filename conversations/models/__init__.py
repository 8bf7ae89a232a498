from conversations.models.conversation import Conversation
from conversations.models.event import Event
from conversations.models.file import FileContent, MessageFile
from conversations.models.leg import Leg
from conversations.models.member_state import Draft, Grant, Mention, Reading
from conversations.models.message import Channel, DeliveryState, Message
from conversations.models.reply_key import ReplyKey
from conversations.models.saved_reply import SavedReply

__all__ = [
    "Channel",
    "Conversation",
    "DeliveryState",
    "Draft",
    "Event",
    "FileContent",
    "Grant",
    "Leg",
    "Mention",
    "Message",
    "MessageFile",
    "Reading",
    "ReplyKey",
    "SavedReply",
]
