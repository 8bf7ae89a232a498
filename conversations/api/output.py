"""A conversation and a message as the API shows them."""

from datetime import datetime
from typing import Any

from ninja import Schema

from accounts.api.input import Id, MemberOut
from conversations.models import Conversation, Message
from conversations.moving import address_of
from conversations.queries import ConversationQuerySet


class PersonInShortOut(Schema):
    id: Id
    name: str
    email: str


class LegOut(Schema):
    number: int
    owner: MemberOut | None
    started_at: datetime
    first_answer_at: datetime | None
    ended_at: datetime | None


class ConversationOut(Schema):
    """`waiting_since`: since when the person waits for an answer; null when nobody does."""

    id: Id
    state: str
    person: PersonInShortOut
    campaign: str | None
    application: Id | None
    owner: MemberOut | None
    waiting_since: datetime | None
    last_message_at: datetime
    legs: list[LegOut]
    channel: str
    temperature: str | None
    score: int

    @staticmethod
    def resolve_campaign(conversation: Any) -> str | None:
        return conversation.campaign and conversation.campaign.slug

    @staticmethod
    def resolve_application(conversation: Any) -> str | None:
        return conversation.application_id and str(conversation.application_id)

    @staticmethod
    def resolve_legs(conversation: Any) -> list[Any]:
        return list(conversation.legs.all())

    @staticmethod
    def resolve_temperature(conversation: Any) -> str | None:
        temperature = conversation.person.temperature
        return temperature and temperature.slug

    @staticmethod
    def resolve_score(conversation: Any) -> int:
        return conversation.person.score


def conversations_to_show() -> ConversationQuerySet:
    """Every conversation of the organization, with what `ConversationOut` reads."""
    together = Conversation.objects.select_related("person__scored__temperature", "campaign", "owner__user")
    return together.prefetch_related("person__emails", "legs__owner__user")


class AuthorOut(Schema):
    """`kind`: person, member, guest, third_party (someone else who wrote by mail) or system."""

    kind: str
    name: str
    email: str


class FileOut(Schema):
    id: Id
    name: str
    content_type: str
    size: int
    withheld: str


class MessageOut(Schema):
    """`delivery_state` of an outbound message: queued, sent, delivered, opened, failed; null for others. `number`: its
    place among the lines of the conversation.

    Of an inbound mail `sender` is who really sent it, `found_by` why it is here (token, reply_header, sender, new,
    followed, moved), `doubt` why it is not taken for the person's (stranger, forged, unproven).
    """

    id: Id
    direction: str
    text: str
    author: AuthorOut
    channel: str
    at: datetime
    delivery_state: str | None
    delivery_reason: str
    number: int
    files: list[FileOut]
    has_quoted_text: bool
    sender: str | None
    found_by: str | None
    doubt: str | None


def message_to_show(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "direction": message.kind,
        "text": message.text,
        "author": author_of(message),
        "channel": message.channel,
        "at": message.created_at,
        "delivery_state": message.delivery_state or None,
        "delivery_reason": message.delivery_reason,
        "number": message.event.number,
        "files": list(message.files.all()),
        "has_quoted_text": bool(message.quoted_text),
        "sender": message.sender or None,
        "found_by": message.found_by or None,
        "doubt": message.doubt or None,
    }


def author_of(message: Message) -> dict[str, str]:
    if member := message.author:
        return {"kind": "guest" if member.is_guest else "member", "name": member.name, "email": member.user.email}
    if message.third_party:
        name, email = message.third_party.partition("<")[0].strip(), address_of(message)
        return {"kind": "third_party", "name": name or email, "email": email}
    if message.is_inbound:
        person = message.conversation.person
        return {"kind": "person", "name": person.name, "email": person.email}
    return {"kind": "system", "name": "", "email": ""}
