from conversations.models.appointment import Appointment, Invitation
from conversations.models.bulk import BulkItem, BulkRun
from conversations.models.conversation import Conversation
from conversations.models.event import Event
from conversations.models.file import FileContent, MessageFile
from conversations.models.leg import Leg
from conversations.models.member_state import Draft, Grant, Mention, Reading
from conversations.models.message import Channel, DeliveryState, Doubt, Found, Message
from conversations.models.move import Move
from conversations.models.reply_key import ReplyKey
from conversations.models.saved_reply import SavedReply
from conversations.models.saved_view import SavedView
from conversations.models.scheduled_reply import ScheduledFile, ScheduledReply

__all__ = [
    "Appointment",
    "BulkItem",
    "BulkRun",
    "Channel",
    "Conversation",
    "DeliveryState",
    "Doubt",
    "Draft",
    "Event",
    "FileContent",
    "Found",
    "Grant",
    "Invitation",
    "Leg",
    "Mention",
    "Message",
    "MessageFile",
    "Move",
    "Reading",
    "ReplyKey",
    "SavedReply",
    "SavedView",
    "ScheduledFile",
    "ScheduledReply",
]
