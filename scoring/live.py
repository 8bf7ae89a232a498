"""Brings a changed score to the open screens."""

from collections.abc import Iterable
from uuid import UUID


def show_people(people: Iterable[UUID]) -> None:
    """Shows the list items of these people's open conversations again, after the commit."""
