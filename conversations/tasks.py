from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.tenancy import enter
from conversations.models import Conversation

BATCH = 200


@shared_task
def wake_snoozed(**kwargs: Any) -> None:
    """Brings back what was snoozed until now: its thread says so, and the lists show it."""
    for organization_id in all_organizations():
        with enter(organization_id):
            for conversation in Conversation.objects.open().to_wake(timezone.now())[:BATCH]:
                conversation.wake_in_time(timezone.now())
