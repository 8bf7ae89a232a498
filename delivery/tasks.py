from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.models import Organization
from conversations.models import Conversation
from conversations.one_by_one import one_by_one
from conversations.queries import ConversationQuerySet


@shared_task
def nudge_undelivered(**kwargs: Any) -> None:
    """Brings to the owners' minds, once a leg, what has gone on undelivered for as long as the organization allows."""
    now = timezone.now()
    for organization_id in all_organizations():
        one_by_one(organization_id, lambda: undelivered_for_long(now), lambda each: each.nudge(now=now))


def undelivered_for_long(now: datetime) -> ConversationQuerySet:
    allowed = timedelta(days=Organization.objects.get().undelivered_after_days)
    return Conversation.objects.to_nudge(now - allowed, now)
