"""Who asks to be written to no more."""

from datetime import datetime

from people.models import Person

STOP, START = {"stop"}, {"start"}


def stop(person: Person, *, at: datetime) -> None:
    """From now on nobody writes to this person."""
    if person.stopped_at is None:
        person.stopped_at = at
        person.save(update_fields=["stopped_at"])


def start(person: Person) -> None:
    person.stopped_at = None
    person.save(update_fields=["stopped_at"])


def heed(text: str, person: Person, *, at: datetime) -> None:
    """STOP alone in a message stops, START alone undoes it; anything else changes nothing."""
    word = text.strip().strip(".!„“\"'").lower()
    if word in STOP:
        stop(person, at=at)
    elif word in START:
        start(person)
