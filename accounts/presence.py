"""Whether a member can take leads now: what they say of themselves, and when they were last on screen."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Availability, Member

SEEN_EVERY = timedelta(minutes=1)
GONE_AFTER = timedelta(minutes=2, seconds=30)  # a phone in a pocket isn't a person who left
_then: list[Callable[[Member], None]] = []


def when_available(act: Callable[[Member], None]) -> None:
    """Registers what an app above does when a member becomes available, after the commit."""
    _then.append(act)


def on_screen(member: Member, now: datetime | None = None) -> str:
    """What a member who looks at a page is: who doesn't say otherwise is there, and gets leads."""
    return said(member, now or timezone.now()) or Availability.AVAILABLE


def said(member: Member, now: datetime) -> str:
    """What the member says of themselves, where that is another thing than to be there: away until it is over, or
    offline. Who never said anything is nothing of both."""
    if member.availability == Availability.AWAY:
        return "" if member.away_until and member.away_until <= now else Availability.AWAY
    is_off = member.availability == Availability.OFFLINE and member.availability_said_at is not None
    return Availability.OFFLINE if is_off else ""


def is_away(member: Member) -> bool:
    return said(member, timezone.now()) == Availability.AWAY


def say(member: Member, availability: str, *, until: datetime | None = None) -> None:
    """The member says whether they are available, away (until a time, or until they say otherwise) or offline."""
    member.availability = availability
    member.availability_said_at = timezone.now()
    member.away_until = until if availability == Availability.AWAY else None
    member.save(update_fields=["availability", "availability_said_at", "away_until"])
    if availability == Availability.AVAILABLE:
        _became_available(member)


def seen(member: Member, now: datetime) -> None:
    """Remembers that the member was on screen; writes once a minute at most, whatever is clicked.

    Who comes back to the screen after a while becomes available by it.
    """
    if member.last_seen_at and now - member.last_seen_at < SEEN_EVERY:
        return
    due = Q(last_seen_at=None) | Q(last_seen_at__lte=now - SEEN_EVERY)
    won = Member.objects.filter(due, pk=member.pk).update(last_seen_at=now)
    was_gone = member.last_seen_at is None or now - member.last_seen_at > GONE_AFTER
    if won and was_gone and not member.is_guest and on_screen(member, now) == Availability.AVAILABLE:
        _became_available(member)


def _became_available(member: Member) -> None:
    for act in _then:
        transaction.on_commit(lambda act=act: act(member), robust=True)  # type: ignore[misc]
