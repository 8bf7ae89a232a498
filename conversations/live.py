"""Brings what happened to every screen that shows it: rendered once a language, sent to groups."""

from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Member
from accounts.tenancy import enter
from conversations import groups
from conversations.broadcasting import Addressed, broadcast
from conversations.lines import all_lines, is_seen_by_candidate
from conversations.models import Conversation, Event, Message

ByLanguage = dict[str, str]


def show_live(event: Event) -> None:
    """Shows a new line in the open threads, on the candidate's page where it is theirs to see, and in the lists."""
    conversation = _conversation(event.conversation_id)
    broadcast(*_line(conversation, event.number), *_list_item(conversation, event), *_lost(conversation, event))


def show_message(message: Message) -> None:
    """Shows a message again whose delivery state has changed; after the commit that changed it."""
    with enter(message.organization_id):
        conversation = _conversation(message.conversation_id)
        number = Event.objects.values_list("number", flat=True).get(message=message)
        broadcast(*_line(conversation, number))


def show_line(line: Event) -> None:
    """Shows a line again that says something else now, and the list's item; after the commit that changed it."""
    with enter(line.organization_id):
        conversation = _conversation(line.conversation_id)
        broadcast(*_line(conversation, line.number), *_list_item(conversation, None))


def show_standing(conversation: Conversation) -> None:
    """Shows how it stands: the header and what is planned, with the last line again; after the commit."""
    with enter(conversation.organization_id):
        last = Event.objects.filter(conversation=conversation, number=F("conversation__last_number")).first()
    if last:
        show_line(last)


def show_conversation(conversation: Conversation) -> None:
    """Shows the list's item again: something in it changed that is no line of the thread (score, name)."""
    broadcast(*_list_item(_conversation(conversation.pk), None))


def show_reading(member: Member, conversation: Conversation, number: int) -> None:
    """Takes the unread mark away on the member's other screens."""
    group = groups.of_member(member.organization_id, member.pk)
    read = {"type": "list.read", "conversation": str(conversation.pk), "number": number}
    broadcast((group, read), (group, {"type": "list.counts"}))


def access_changed(*members: Member) -> None:
    """Lets the members' sockets look again at what they may see; those that lost access close."""
    broadcast(*((groups.of_access(m.organization_id, m.pk), {"type": "access.changed"}) for m in members))


def _conversation(pk: UUID) -> Conversation:
    related = ("person__temperature", "owner__user", "campaign", "organization", "application", "leg")
    chosen = Member.objects.staff().exclude(user__language="").order_by().values("user__language").distinct()
    return Conversation.objects.select_related(*related).annotate(languages=ArraySubquery(chosen)).get(pk=pk)


def _line(conversation: Conversation, number: int) -> list[Addressed]:
    line = all_lines(conversation).get(number=number)
    context = {"event": line, "conversation": conversation, "rendered_at": timezone.now()}
    languages = languages_of(conversation)
    found: list[Addressed] = [
        (
            groups.of_conversation(conversation.pk),
            {
                "type": "thread.event",
                "number": number,
                "html": _rendered("conversations/_event.html", context, languages),
                "header": _rendered("conversations/_thread_state.html", context, languages),
            },
        )
    ]
    if is_seen_by_candidate(line):
        html = _rendered("conversations/_candidate_event.html", context, {conversation.person.language})
        message = {"type": "thread.event", "number": number, "html": html}
        found.append((groups.of_candidate(conversation.pk), message))
    return found


def _list_item(conversation: Conversation, event: Event | None) -> list[Addressed]:
    if conversation.is_open and conversation.last_outbound_at:
        vars(conversation)["undelivered_since"] = conversation.leg.started_at
    html = _rendered("conversations/_item.html", {"conversation": conversation}, languages_of(conversation))
    key = f"{conversation.pk.hex}-{event.number if event else timezone.now().timestamp()}"
    item = {
        "type": "list.item",
        "key": key,
        "conversation": str(conversation.pk),
        "html": html,
        "facts": facts_of(conversation, event),
    }
    return [(group, item) for group in groups.of_lists(conversation)]


def _lost(conversation: Conversation, event: Event) -> list[Addressed]:
    """A former owner may have lost sight of the conversation: their list drops it, their socket looks again."""
    former = event.data.get("from_id") if event.kind == Event.Kind.ASSIGNED else None
    if not former:
        return []
    organization_id, member_id = conversation.organization_id, UUID(former)
    return [
        (groups.of_access(organization_id, member_id), {"type": "access.changed"}),
        (groups.of_member(organization_id, member_id), {"type": "list.counts"}),
    ]


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


def languages_of(conversation: Conversation) -> set[str]:
    """The languages that the organization's members read; `""` chosen means the organization's."""
    return {conversation.organization.language, *conversation.languages}  # type: ignore[attr-defined]


def _rendered(template: str, context: dict[str, Any], languages: set[str]) -> ByLanguage:
    found: ByLanguage = {}
    for language in sorted(languages):
        with override(language), timezone.override(context["conversation"].organization.zone):
            found[language] = render_to_string(template, context)
    return found
