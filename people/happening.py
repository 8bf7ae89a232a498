"""Something happened with a person: kept once, and counted at once by the apps above.

happened(Activity.Kind.MAIL_OPENED, person_id=person.pk, subject=message.pk, at=now, conversation_id=conversation.pk)
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from people.models import Activity, Person

Follower = Callable[[Activity], object]
_followers: list[Follower] = []
_of_changes: list[Callable[[Person], object]] = []


def follows_activity(follower: Follower) -> None:
    """Registers what an app above does with each new activity, in the activity's own transaction."""
    _followers.append(follower)


def follows_change(follower: Callable[[Person], object]) -> None:
    """Registers what an app above does when a person's kind or status was changed."""
    _of_changes.append(follower)


def changed(person: Person) -> None:
    """To be called by whoever changes a person's kind or status, or moves activities from one to another."""
    for follower in _of_changes:
        follower(person)


def did_not_happen(subject: Any) -> None:
    """What was kept of it goes, of whichever kind, and the person is counted anew."""
    keys = [f"{subject}:{kind}" for kind in Activity.Kind]
    for activity in Activity.objects.filter(key__in=keys).select_related("person__organization"):
        activity.delete()
        changed(activity.person)


def happened(
    kind: str, *, person_id: Any, subject: Any, at: datetime, conversation_id: Any = None, **facts: Any
) -> Activity | None:
    """Keeps the activity, once for each kind and subject; None when it was kept before.

    `subject` is what it is about: a message for "mail opened" and "link opened", so that either counts once for each
    message and reader; an event, an appointment, a key that another program made up. `facts`: `by` (a member) and
    `text`, for what is entered by hand; `minutes`, how long we waited for a reply.
    """
    with transaction.atomic():
        activity = Activity.record(
            person_id=person_id, kind=kind, key=f"{subject}:{kind}", at=at, conversation_id=conversation_id, **facts
        )
        if activity:
            for follower in _followers:
                follower(activity)
        return activity
