from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.tenancy import enter
from conversations.live import RELATED
from conversations.models import Event
from recruitchat.reactions import follow_up, show

GRACE = timedelta(seconds=10)
BATCH = 200
LOOKED_AT = ("message", *(f"conversation__{path}" for path in RELATED.values()))


@shared_task
def react(*, organization_id: int, event_id: str, is_shown: bool = True, **kwargs: Any) -> None:
    """Goes through what follows from one event, unless that is done; first shows it, where nobody has."""
    unlocked = Event.objects.select_for_update(skip_locked=True, of=("self",)).order_by()
    with enter(organization_id):
        event = unlocked.select_related(*LOOKED_AT).filter(pk=event_id, reacted_at=None).first()
        if event is None:
            return
        if not is_shown:
            show(event)
        follow_up(event)


@shared_task
def sweep_reactions(**kwargs: Any) -> None:
    """Finds events whose task was lost, oldest first, and goes through what follows from them."""
    for organization_id in all_organizations():
        with enter(organization_id):
            late = Event.objects.filter(reacted_at=None, created_at__lt=timezone.now() - GRACE)
            ids = [str(pk) for pk in late.order_by("created_at").values_list("pk", flat=True)[:BATCH]]
        for event_id in ids:
            react(organization_id=organization_id, event_id=event_id)
