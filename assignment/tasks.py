"""The queue of unassigned leads, worked off oldest first, and what has to happen when its time comes."""

from functools import partial
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from accounts.doors import all_organizations
from accounts.models import Member
from accounts.tenancy import enter
from assignment.giving import give_oldest
from assignment.promising import break_late
from assignment.returning import take_back_unanswered
from campaigns.models import Campaign
from conversations.models import Conversation

BATCH = 100


@shared_task
def work_off_queues(**kwargs: Any) -> None:
    """Every organization's queue, after what wasn't answered in time has come back to it; finds lost leads too."""
    for organization_id in all_organizations():
        take_back_unanswered(organization_id, timezone.now())
        with enter(organization_id):
            break_late(timezone.now())
        work_off_queue(organization_id=organization_id)


def work_off_queue_of(member: Member) -> None:
    """Who becomes available gets what has waited for them, without waiting for the beat."""
    work_off_queue_of_id(member.organization_id, str(member.pk))


def work_off_queue_of_id(organization_id: int | None, member_id: str | None = None) -> None:
    """After the commit; without a member: of everybody."""
    facts = {"organization_id": organization_id, "member_id": member_id}
    transaction.on_commit(partial(work_off_queue.delay, **facts), robust=True)


@shared_task
def work_off_queue(*, organization_id: int, member_id: str | None = None, **kwargs: Any) -> None:
    """The unassigned leads of each campaign, or of those that this member is in Auto assign of."""
    with enter(organization_id):
        queued = Conversation.objects.open().unassigned().filter(campaign__access__auto_assign=True)
        if member_id:
            queued = queued.filter(campaign__access__auto_assign=True, campaign__access__member=member_id)
        campaigns = list(queued.order_by().values_list("campaign", flat=True).distinct())
    for campaign_id in campaigns:
        _work_off(organization_id, campaign_id)


def _work_off(organization_id: int, campaign_id: Any) -> None:
    """Each lead in its own transaction, until nobody can take one; after very many another task goes on."""
    for _lead in range(BATCH):
        with enter(organization_id):
            if give_oldest(Campaign.objects.get(pk=campaign_id)) is None:
                return
    work_off_queue.delay(organization_id=organization_id)
