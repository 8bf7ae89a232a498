"""Brings a changed score to the open screens."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from accounts.tenancy import current_organization_id, enter
from conversations.live_items import show_item
from conversations.models import Conversation

MOST_SHOWN = 200  # a night that changes thousands is seen when a list is opened


def show_people(people: Iterable[UUID]) -> None:
    """Shows these people's conversations in the lists again, after the commit."""
    if people := list(people):
        transaction.on_commit(partial(_show, current_organization_id(), people), robust=True)


def _show(organization_id: int | None, people: list[UUID]) -> None:
    with enter(organization_id):
        theirs = Conversation.objects.filter(person__in=people).order_by("-last_message_at")
        for conversation_id in theirs.values_list("pk", flat=True)[:MOST_SHOWN]:
            show_item(conversation_id)
