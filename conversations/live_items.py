"""A conversation's item in the lists of all who may see it: drawn whenever something in it has changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from uuid import UUID

import structlog
from django.utils import timezone

from accounts.tenancy import enter
from conversations import groups
from conversations.broadcasting import Broadcast, broadcast
from conversations.drawing import Said, drawn, to_each_language
from conversations.models import Conversation, Event
from conversations.queries import ConversationQuerySet

Changed = dict[UUID, Event | None]
_gathered: ContextVar[Changed | None] = ContextVar("items_gathered", default=None)
log = structlog.get_logger(__name__)


@contextmanager
def each_redrawn_once(organization_id: int) -> Iterator[None]:
    """What changes inside beside a new line is shown at the end, each item once, however much has changed in it.

    Not to be entered in a transaction.
    """
    changed: Changed = {}
    token = _gathered.set(changed)
    try:
        yield
    finally:
        _gathered.reset(token)
        if changed:
            _redraw(changed, organization_id)


def show_item(conversation_id: UUID, event: Event | None = None) -> None:
    """Shows the item, because of a new line of the thread or something else that changed; after the commit."""
    gathered = _gathered.get()
    if event is None and gathered is not None:
        gathered[conversation_id] = None
    else:
        _draw({conversation_id: event})


def _redraw(changed: Changed, organization_id: int) -> None:
    try:
        with enter(organization_id):
            _draw(changed)
    except Exception:
        log.exception("items_not_drawn")


def _draw(changed: Changed) -> None:
    found = _items().in_bulk(list(changed))
    broadcast(*(each for pk, conversation in found.items() for each in _item(conversation, changed[pk])))


@cache  # composed once: that takes as long as to ask
def _items() -> ConversationQuerySet:
    return Conversation.objects.for_live_items()


def _item(conversation: Conversation, event: Event | None) -> Iterator[Broadcast]:
    def make(language: str) -> Said:
        if conversation.is_open and conversation.last_outbound_at:
            vars(conversation)["undelivered_since"] = conversation.leg.started_at
        return {
            "type": "list.item",
            "key": f"{conversation.pk.hex}-{event.number if event else timezone.now().timestamp()}",
            "conversation": str(conversation.pk),
            "html": drawn("conversations/_item.html", {"conversation": conversation}, language),
            "facts": facts_of(conversation, event),
        }

    return to_each_language(groups.of_lists(conversation), make)


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
