"""Conversations are changed by one writer at a time, so that the events' numbers follow the commits."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.updating import update_each

if TYPE_CHECKING:
    from conversations.models import Conversation

READ_AFRESH = ("leg", "application")


class Changing:
    _is_locked = False
    is_read_under_lock = False
    """Read by `ConversationQuerySet.get_locked` in this transaction."""

    @contextmanager
    def changing(self: "Conversation", *, refuses_first: bool = False) -> Iterator["Conversation"]:
        """Locks the row, reads it afresh, and writes it back at the end: one verb, one transaction.

        A verb inside a verb is part of the outer one. One that `refuses_first`, before it writes anything, needs no
        savepoint to go back to; it is called inside a transaction.
        """
        if self._is_locked:
            yield self
            return
        with nullcontext() if refuses_first else transaction.atomic(), changing_together([self]):
            yield self

    def _values(self: "Conversation") -> dict[str, Any]:
        return {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}

    def _become(self: "Conversation", row: "Conversation") -> None:
        """As the row is now; with the person, whom nearly every verb looks at."""
        for name, value in row._values().items():
            setattr(self, name, value)
        for relation in READ_AFRESH:
            self._state.fields_cache.pop(relation, None)
        self.person = row.person


@contextmanager
def changing_together(conversations: Iterable["Conversation"]) -> Iterator[None]:
    """`changing` of several at once, each there once, inside a transaction: locked by one statement and written back by
    one."""
    changed = [one for one in conversations if not one._is_locked]
    _lock({one.pk: one for one in changed if not one.is_read_under_lock})
    before = [one._values() for one in changed]
    for one in changed:
        one._is_locked, one.is_read_under_lock = True, False
    try:
        yield
        _write_back(changed, before)
    finally:
        for one in changed:
            one._is_locked = False


def _lock(conversations: dict[Any, "Conversation"]) -> None:
    """In the order of their keys, in which all who lock several do. Raises Conversation.DoesNotExist."""
    from conversations.models import Conversation

    if not conversations:
        return
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("person")
    found = {row.pk: row for row in rows.filter(pk__in=conversations).order_by("pk")}
    if found.keys() != conversations.keys():
        raise Conversation.DoesNotExist
    for pk, conversation in conversations.items():
        conversation._become(found[pk])


def _write_back(conversations: list["Conversation"], before: list[dict[str, Any]]) -> None:
    changes = [
        {name for name, value in one._values().items() if value != earlier[name]}
        for one, earlier in zip(conversations, before, strict=True)
    ]
    changed = [one for one, names in zip(conversations, changes, strict=True) if names]
    update_each(changed, sorted(set().union(*changes)))
