from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.tenancy import enter
from conversations import scheduling
from conversations.models import Conversation

BATCH = 200


@shared_task
def wake_snoozed(**kwargs: Any) -> None:
    """Brings back what was snoozed until now: its thread says so, and the lists show it."""
    for organization_id in all_organizations():
        with enter(organization_id):
            for conversation in Conversation.objects.open().to_wake(timezone.now())[:BATCH]:
                conversation.wake_in_time(timezone.now())


@shared_task
def send_scheduled(**kwargs: Any) -> None:
    """Says the replies whose time has come, each in a transaction of its own."""
    for organization_id in all_organizations():
        now = timezone.now()
        with enter(organization_id):
            ids = list(scheduling.due(now).values_list("pk", flat=True)[:BATCH])
        for planned_id in ids:
            with enter(organization_id):
                scheduling.say(planned_id, now)
