"""The one signal of the house. What follows from an event stands in recruitchat/reactions.py."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.dispatch import Signal

if TYPE_CHECKING:
    from conversations.models.event import Event

event_recorded = Signal()  # inside the transaction that wrote the event
_unhurried: ContextVar[bool] = ContextVar("unhurried", default=False)
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
    """What is shown live of events recorded inside is a task's to show: nobody looks at what a worker takes in."""
    token = _unhurried.set(True)
    try:
        yield
    finally:
        _unhurried.reset(token)


def is_unhurried() -> bool:
    return _unhurried.get()


def is_quiet() -> bool:
    return _quiet.get()


def announce(event: "Event") -> None:
    if not is_quiet():
        event_recorded.send(type(event), event=event)
