"""Brings what happened to every screen that shows it: rendered once a language, sent to groups."""

import json
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Member
from accounts.tenancy import enter
from conversations import groups
from conversations.broadcasting import Broadcast, broadcast
from conversations.lines import all_lines, fresh, is_seen_by_candidate
from conversations.models import Conversation, Event, Message

ByLanguage = dict[str, str]
Said = dict[str, Any]


class Readers:
    """The languages that the organization's members read, where `""` chosen means the organization's; and its zone.
    Asked for when first needed."""

    def __init__(self, organization_id: int | None):
        self.organization_id = organization_id

    @cached_property
    def found(self) -> set[tuple[str, str, str]]:
        members = Member.objects.staff().filter(organization=self.organization_id)
        return set(members.values_list("user__language", "organization__language", "organization__time_zone"))

    @property
    def languages(self) -> set[str]:
        return {chosen or usual for chosen, usual, _ in self.found}

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(next(iter(self.found))[2]) if self.found else UTC


def show_live(event: Event) -> None:
    """Shows a new line in the open threads, on the candidate's page where it is theirs to see, and in the lists.

    The threads come first: what was said waits for nothing that has to be read again.
    """
    readers = Readers(event.organization_id)
    broadcast(_line(event, event.conversation, readers, at=event.created_at))
    conversation = _conversation(event.conversation_id)
    broadcast(
        _standing(conversation, readers),
        *_candidates_line(event, conversation),
        *_list_item(conversation, event, readers),
        *_lost(conversation, event),
    )


def show_message(message: Message) -> None:
    """Shows a message again whose delivery state has changed; after the commit that changed it."""
    with enter(message.organization_id):
        conversation = _conversation(message.conversation_id)
        line = all_lines(conversation).get(message=message)
        readers = Readers(message.organization_id)
        broadcast(_line(line, conversation, readers), *_candidates_line(line, conversation))


def show_line(line: Event) -> None:
    """Shows a line again that says something else now, and the list's item; after the commit that changed it."""
    with enter(line.organization_id):
        conversation = _conversation(line.conversation_id)
        readers = Readers(line.organization_id)
        line = all_lines(conversation).get(number=line.number)
        broadcast(
            _line(line, conversation, readers),
            _standing(conversation, readers),
            *_candidates_line(line, conversation),
            *_list_item(conversation, None, readers),
        )


def show_standing(conversation: Conversation) -> None:
    """Shows how it stands: the header and what is planned, with the last line again; after the commit."""
    with enter(conversation.organization_id):
        last = Event.objects.filter(conversation=conversation, number=F("conversation__last_number")).first()
    if last:
        show_line(last)


def show_conversation(conversation: Conversation) -> None:
    """Shows the list's item again: something in it changed that is no line of the thread (score, name)."""
    broadcast(*_list_item(_conversation(conversation.pk), None, Readers(conversation.organization_id)))


def show_reading(member: Member, conversation: Conversation, number: int) -> None:
    """Takes the unread mark away on the member's other screens."""
    group = groups.of_member(member.organization_id, member.pk)
    read = {"type": "list.read", "conversation": str(conversation.pk), "number": number}
    broadcast(Broadcast([group], lambda: read), _counts(group))


def access_changed(*members: Member) -> None:
    """Lets the members' sockets look again at what they may see; those that lost access close."""
    broadcast(*(_access_changed(member.organization_id, member.pk) for member in members))


def _conversation(pk: UUID) -> Conversation:
    related = ("person__temperature", "owner__user", "campaign", "organization", "application", "leg")
    return Conversation.objects.select_related(*related).get(pk=pk)


def _line(line: Event, conversation: Conversation, readers: Readers, at: datetime | None = None) -> Broadcast:
    def make() -> Said:
        html = _rendered("conversations/_event.html", _context(line, conversation, at), readers)
        return _framed("thread.event", html, number=line.number)

    return Broadcast([groups.of_conversation(line.conversation_id)], make)


def _standing(conversation: Conversation, readers: Readers) -> Broadcast:
    """How it stands with the conversation: the header of the thread, and what is planned."""

    def make() -> Said:
        html = _rendered("conversations/_thread_state.html", {"conversation": conversation}, readers)
        return _framed("thread.standing", html)

    return Broadcast([groups.of_conversation(conversation.pk)], make)


def _candidates_line(line: Event, conversation: Conversation) -> list[Broadcast]:
    """The line on the candidate's page, if it is theirs to see now."""

    def make() -> Said:
        language, zone = conversation.person.language, conversation.organization.zone
        html = _in_language("conversations/_candidate_event.html", _context(line, conversation), language, zone)
        return _framed("thread.event", {language: html}, number=line.number)

    return [Broadcast([groups.of_candidate(conversation.pk)], make)] if is_seen_by_candidate(line) else []


def _context(line: Event, conversation: Conversation, at: datetime | None = None) -> dict[str, Any]:
    """`at`: when it stood so; the browser keeps the latest it was shown."""
    return {"event": fresh(line), "conversation": conversation, "rendered_at": at or timezone.now()}


def _framed(kind: str, html: ByLanguage, **facts: Any) -> Said:
    """A message whose frame is written once a language, not once a socket."""
    said = {"type": kind.removeprefix("thread."), **facts}
    return {"type": kind, "frames": {language: json.dumps(said | {"html": text}) for language, text in html.items()}}


def _list_item(conversation: Conversation, event: Event | None, readers: Readers) -> list[Broadcast]:
    def make() -> Said:
        if conversation.is_open and conversation.last_outbound_at:
            vars(conversation)["undelivered_since"] = conversation.leg.started_at
        return {
            "type": "list.item",
            "key": f"{conversation.pk.hex}-{event.number if event else timezone.now().timestamp()}",
            "conversation": str(conversation.pk),
            "html": _rendered("conversations/_item.html", {"conversation": conversation}, readers),
            "facts": facts_of(conversation, event),
        }

    return [Broadcast(groups.of_lists(conversation), make)]


def _lost(conversation: Conversation, event: Event) -> list[Broadcast]:
    """A former owner may have lost sight of the conversation: their list drops it, their socket looks again."""
    former = event.data.get("from_id") if event.kind == Event.Kind.ASSIGNED else None
    if not former:
        return []
    organization_id, member_id = conversation.organization_id, UUID(former)
    return [_access_changed(organization_id, member_id), _counts(groups.of_member(organization_id, member_id))]


def _access_changed(organization_id: int | None, member_id: UUID) -> Broadcast:
    return Broadcast([groups.of_access(organization_id, member_id)], lambda: {"type": "access.changed"})


def _counts(group: str) -> Broadcast:
    return Broadcast([group], lambda: {"type": "list.counts"})


def facts_of(conversation: Conversation, event: Event | None) -> dict[str, Any]:
    """What a list needs to know to place the item and mark it unread, whoever looks."""
    return {
        "number": conversation.last_number,
        "inbound_number": conversation.last_inbound_number,
        "owner": conversation.owner_id.hex if conversation.owner_id else "",
        "campaign": conversation.campaign_id.hex if conversation.campaign_id else "",
        "state": conversation.state,
        "last_message_at": conversation.last_message_at.isoformat(),
        "waiting_since": conversation.waiting_since.isoformat() if conversation.waiting_since else "",
        "kind": event.kind if event else "",
    }


def _rendered(template: str, context: dict[str, Any], readers: Readers) -> ByLanguage:
    return {language: _in_language(template, context, language, readers.zone) for language in sorted(readers.languages)}


def _in_language(template: str, context: dict[str, Any], language: str, zone: tzinfo) -> str:
    with override(language), timezone.override(zone):
        return render_to_string(template, context)
