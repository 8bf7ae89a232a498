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
    return [
        Filled(reply.title, reply.get_language_display(), filled(reply.text, conversation, me=me)) for reply in found
    ]


def filled(text: str, conversation: Conversation, *, me: Member | None) -> str:
    """The text with {name}, {first_name}, {campaign}, {link} and {me} replaced; other braces stay as they are."""
    person, campaign = conversation.person, conversation.campaign
    fields = {
        "{name}": person.name,
        "{first_name}": person.short_name,
        "{campaign}": campaign.name if campaign else "",
        "{me}": me.name if me else "",
    }
    if "{link}" in text:
        fields["{link}"] = ReplyKey.of(conversation, ReplyKey.Use.LINK).url
    for field, value in fields.items():
        text = text.replace(field, value)
    return text
