from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.tenancy import enter
from conversations.live_items import each_redrawn_once
from conversations.models import Event
from recruitchat.reactions import follow_up, follow_up_but_what_fails, show

GRACE = timedelta(seconds=10)
BATCH = 200
LOOKED_AT = ("message", "conversation__campaign", "conversation__owner__user")


@shared_task
def react(*, organization_id: int, event_ids: Iterable[str] = (), is_shown: bool = True, **kwargs: Any) -> None:
    """Goes through what follows from the events, one after another; first shows them, where nobody has."""
    with each_redrawn_once(organization_id):
        for event_id in event_ids:
            _react(organization_id, event_id, is_shown=is_shown)


@shared_task
def sweep_reactions(**kwargs: Any) -> None:
    """Finds events whose task was lost, oldest first, and goes through what follows from them."""
    for organization_id in all_organizations():
        with enter(organization_id):
            late = Event.objects.filter(reacted_at=None, created_at__lt=timezone.now() - GRACE)
            ids = [str(pk) for pk in late.order_by("created_at").values_list("pk", flat=True)[:BATCH]]
        for event_id in ids:
            react(organization_id=organization_id, event_ids=[event_id])


def _react(organization_id: int, event_id: str, *, is_shown: bool) -> None:
    """All in one transaction; where that fails, what doesn't fail, and the sweeper comes back to the event."""
    try:
        with enter(organization_id):
            if event := _waiting(event_id):
                if not is_shown:
                    show(event)
                follow_up(event)
                _finish(event)
    except Exception:  # noqa: BLE001 - comes again below, and is logged there
        with enter(organization_id):
            if (event := _waiting(event_id)) and follow_up_but_what_fails(event):
                _finish(event)


def _waiting(event_id: str) -> Event | None:
    """The event, locked; None when it is done, another worker's, or can still be taken back."""
    unlocked = Event.objects.select_for_update(skip_locked=True, of=("self",)).order_by()
    event = unlocked.select_related(*LOOKED_AT).filter(pk=event_id, reacted_at=None).first()
    return None if event is None or (event.message and event.message.seconds_held) else event


def _finish(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(reacted_at=timezone.now())
