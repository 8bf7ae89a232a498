"""Brings what happened to every screen that shows it: rendered once a language, sent to groups."""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import Member
from accounts.tenancy import enter
from conversations import groups
from conversations.broadcasting import Broadcast, broadcast
from conversations.drawing import Said, drawn, to_each_language
from conversations.lines import all_lines, fresh, is_seen_by_candidate
from conversations.live_items import show_item
from conversations.models import Conversation, Event, Message

# What is shown of a conversation's relations; one read with them needs no second look.
RELATED = {"person": "person__scored__temperature", "owner": "owner__user"} | {
    name: name for name in ("campaign", "organization", "application", "leg")
}


def show_live(event: Event) -> None:
    """Shows a new line in the open threads, on the candidate's page where it is theirs to see, and in the lists.

    The threads come first: what was said waits for nothing that has to be read again.
    """
    conversation = _whole(event.conversation)
    broadcast(
        *_line(event, event.conversation, at=event.created_at),
        *(_standing(event.conversation_id, conversation) if event.kind != Event.Kind.NOTE_WRITTEN else ()),
        *_candidates_line(event, conversation),
        *_lost(event),
    )
    show_item(event.conversation_id, event)


def show_message(message: Message) -> None:
    """Shows a message again whose delivery state has changed; after the commit that changed it."""
    with enter(message.organization_id):
        conversation = _conversation(message.conversation_id)
        line = all_lines(conversation).get(message=message)
        broadcast(*_line(line, conversation), *_candidates_line(line, conversation))


def show_line(line: Event) -> None:
    """Shows a line again that says something else now, and the list's item; after the commit that changed it."""
    with enter(line.organization_id):
        conversation = _conversation(line.conversation_id)
        line = all_lines(conversation).get(number=line.number)
        broadcast(
            *_line(line, conversation),
            *_standing(conversation.pk, conversation),
            *_candidates_line(line, conversation),
        )
        show_item(conversation.pk)


def show_standing(conversation: Conversation) -> None:
    """Shows how it stands: the header and what is planned, with the last line again; after the commit."""
    with enter(conversation.organization_id):
        last = Event.objects.filter(conversation=conversation, number=F("conversation__last_number")).first()
    if last:
        show_line(last)


def show_reading(member: Member, conversation: Conversation, number: int) -> None:
    """Takes the unread mark away on the member's other screens."""
    group = groups.of_member(member.organization_id, member.pk)
    read = {"type": "list.read", "conversation": str(conversation.pk), "number": number}
    broadcast(Broadcast([group], lambda: read), _counts(group))


def access_changed(*members: Member) -> None:
    """Lets the members' sockets look again at what they may see; those that lost access close."""
    broadcast(*(_access_changed(member.organization_id, member.pk) for member in members))


def _whole(conversation: Conversation) -> Conversation:
    """With its relations as they are now: asked for when a screen that is open shows them, and once."""
    if conversation._state.fields_cache.keys() >= RELATED.keys():
        return conversation
    return cast("Conversation", SimpleLazyObject(partial(_conversation, conversation.pk)))


def _conversation(pk: UUID) -> Conversation:
    return Conversation.objects.select_related(*RELATED.values()).get(pk=pk)


def _line(line: Event, conversation: Conversation, at: datetime | None = None) -> Iterator[Broadcast]:
    def make(language: str) -> Said:
        html = drawn("conversations/_event.html", _context(line, conversation, at), language)
        return _framed("thread.event", html, number=line.number)

    return to_each_language([groups.of_conversation(line.conversation_id)], make)


def _standing(pk: UUID, conversation: Conversation) -> Iterator[Broadcast]:
    """How it stands with the conversation: the header of the thread, and what is planned; a note changes nothing."""

    def make(language: str) -> Said:
        context = {"conversation": conversation}
        return _framed("thread.standing", drawn("conversations/_thread_state.html", context, language))

    return to_each_language([groups.of_conversation(pk)], make)


def _candidates_line(line: Event, conversation: Conversation) -> list[Broadcast]:
    """The line on the candidate's page, if it is theirs to see now."""

    def make() -> Said:
        context, language = _context(line, conversation), conversation.person.language
        html = drawn("conversations/_candidate_event.html", context, language)
        return _framed("thread.event", html, number=line.number)

    return [Broadcast([groups.of_candidate(line.conversation_id)], make)] if is_seen_by_candidate(line) else []


def _context(line: Event, conversation: Conversation, at: datetime | None = None) -> dict[str, Any]:
    """`at`: when it stood so; the browser keeps the latest it was shown."""
    return {"event": fresh(line), "conversation": conversation, "rendered_at": at or timezone.now()}


def _framed(kind: str, html: str, **facts: Any) -> Said:
    """A message whose frame is written once, not once a socket."""
    return {"type": kind, "frame": json.dumps({"type": kind.removeprefix("thread."), **facts, "html": html})}


def _lost(event: Event) -> list[Broadcast]:
    """A former owner may have lost sight of the conversation: their list drops it, their socket looks again."""
    former = event.data.get("from_id") if event.kind == Event.Kind.ASSIGNED else None
    if not former:
        return []
    organization_id, member_id = event.organization_id, UUID(former)
    return [_access_changed(organization_id, member_id), _counts(groups.of_member(organization_id, member_id))]


def _access_changed(organization_id: int | None, member_id: UUID) -> Broadcast:
    return Broadcast([groups.of_access(organization_id, member_id)], lambda: {"type": "access.changed"})


def _counts(group: str) -> Broadcast:
    return Broadcast([group], lambda: {"type": "list.counts"})
