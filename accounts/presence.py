"""Whether a member can take leads now: what they say of themselves, and when they were last on screen."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.models import Availability, Member

SEEN_EVERY = timedelta(minutes=1)
_then: list[Callable[[Member], None]] = []


def when_available(act: Callable[[Member], None]) -> None:
    """Registers what an app above does when a member becomes available, after the commit."""
    _then.append(act)


def on_screen(member: Member) -> str:
    """What a member who looks at a page is: who doesn't say they are away is there, and gets leads."""
    return Availability.AWAY if member.availability == Availability.AWAY else Availability.AVAILABLE


def is_away(member: Member) -> bool:
    """Whether they said so."""
    return member.availability == Availability.AWAY


def say(member: Member, availability: str) -> None:
    """The member says whether they are available, away or offline."""
    member.availability, member.away_until = availability, None
    member.save(update_fields=["availability", "away_until"])
    if availability == Availability.AVAILABLE:
        for act in _then:
            transaction.on_commit(lambda act=act: act(member), robust=True)  # type: ignore[misc]


def seen(member: Member, now: datetime) -> None:
    """Remembers that the member was on screen; writes once a minute at most, whatever is clicked."""
    if member.last_seen_at and now - member.last_seen_at < SEEN_EVERY:
        return
    due = Q(last_seen_at=None) | Q(last_seen_at__lte=now - SEEN_EVERY)
    Member.objects.filter(due, pk=member.pk).update(last_seen_at=now)
