from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.models import Organization
from accounts.tenancy import enter
from conversations.models import Conversation

BATCH = 200


@shared_task
def nudge_undelivered(**kwargs: Any) -> None:
    """Brings to the owners' minds, once a leg, what has gone on undelivered for as long as the organization allows."""
    now = timezone.now()
    for organization_id in all_organizations():
        with enter(organization_id):
            allowed = timedelta(days=Organization.objects.get().undelivered_after_days)
            for conversation in Conversation.objects.to_nudge(now - allowed, now)[:BATCH]:
                conversation.nudge(now=now)
