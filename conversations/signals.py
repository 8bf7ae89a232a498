"""The one signal of the house. What follows from an event stands in recruitchat/reactions.py."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.dispatch import Signal

if TYPE_CHECKING:
    from conversations.models.event import Event

event_recorded = Signal()  # inside the transaction that wrote the event
Act = Callable[[list["Event"]], None]
_gathered: ContextVar[dict[Act, list["Event"]] | None] = ContextVar("gathered", default=None)
_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Events recorded inside cause nothing: importing history must never mail anybody."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


@contextmanager
def unhurried() -> Iterator[None]:
    """What is shown live of events recorded inside is a task's to show: nobody looks at what a worker takes in.

    What is `done_with` them is done at the end, with all that were committed. Not to be entered in a transaction.
    """
    gathered: dict[Act, list[Event]] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
        for act, events in gathered.items():
            act(events)


def is_unhurried() -> bool:
    return _gathered.get() is not None


def done_with(event: "Event", act: Act) -> None:
    """Has `act` done with the event, now that it is committed; with others together where nobody is in a hurry."""
    gathered = _gathered.get()
    if gathered is None:
        act([event])
    else:
        gathered.setdefault(act, []).append(event)


def is_quiet() -> bool:
    return _quiet.get()


def announce(event: "Event") -> None:
    if not is_quiet():
        event_recorded.send(type(event), event=event)
