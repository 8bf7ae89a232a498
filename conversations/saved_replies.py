"""Saved replies, filled in for one conversation."""

from dataclasses import dataclass

from accounts.models import Member
from conversations.models import Conversation, ReplyKey, SavedReply


@dataclass(frozen=True)
class Filled:
    title: str
    language: str
    text: str


def replies_for(conversation: Conversation, *, me: Member | None) -> list[Filled]:
    """All saved replies with their fields filled in; those in the person's language come first."""
    language = conversation.person.language
    found = sorted(SavedReply.objects.all(), key=lambda reply: (reply.language != language, reply.title))
    fields = _fields(conversation, me)
    if any("{link}" in reply.text for reply in found):
        fields["{link}"] = ReplyKey.of(conversation, ReplyKey.Use.LINK).url
    return [Filled(reply.title, reply.get_language_display(), _filled(reply.text, fields)) for reply in found]


def _fields(conversation: Conversation, me: Member | None) -> dict[str, str]:
    person, campaign = conversation.person, conversation.campaign
    return {
        "{name}": person.name,
        "{first_name}": person.short_name,
        "{campaign}": (campaign or conversation.organization).name,
        "{me}": me.name if me else "",
    }


def _filled(text: str, fields: dict[str, str]) -> str:
    """With its fields replaced; other braces stay as they are."""
    for field, value in fields.items():
        text = text.replace(field, value)
    return text
